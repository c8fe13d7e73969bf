package io.keyturn.app.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times by a cron expression, on the wall clock of a zone. A time that the clock skips comes as soon as it has skipped it, and
 * one that it shows twice comes the first time.
 */
public final class Cron implements Rhythm {
    private static final String VALUE = "(?:[0-9]{1,2}|[A-Za-z]{3})";
    private static final String PART = "(?:\\*|" + VALUE + "(?:-" + VALUE + ")?)(?:/[0-9]{1,2})?";
    private static final String FIELD = PART + "(?:," + PART + ")*";

    /** What every expression fits; values out of range, and days that never come, fit it too. */
    static final Pattern FORM = Pattern.compile(FIELD + "(?: +" + FIELD + "){4}");

    /** A day's worth of hours shows whatever lies too close together within an hour or between two. */
    private static final int LOOKED_AT = 24;

    private static final Duration LONGEST_SLACK = Duration.ofMinutes(5);
    private static final int PART_OF_TIME = 20;

    private final String expression;
    private final ZoneId zone;
    private final ExecutionTime times;

    private Cron(String expression, ZoneId zone, ExecutionTime times) {
        this.expression = expression;
        this.zone = zone;
        this.times = times;
    }

    /**
     * Minute, hour, day of the month, month and day of the week, as cron(8) reads them.
     *
     * @throws IllegalArgumentException that says what is wrong with the expression, as the end of a sentence about it
     */
    public static Cron of(String expression, ZoneId zone) {
        int fields = expression.isBlank() ? 0 : expression.strip().split("\\s+").length;
        if (fields != 5) {
            throw new IllegalArgumentException(
                    "has " + fields + (fields == 1 ? " field" : " fields") + ", and a cron expression five");
        }
        if (!FORM.matcher(expression).matches()) {
            throw new IllegalArgumentException("is not a cron expression");
        }
        Cron cron = new Cron(expression, zone, times(expression));
        LocalDateTime at = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);
        for (int i = 0; i < LOOKED_AT; i++) {
            LocalDateTime next = cron.next(at).orElse(null);
            if (next == null) {
                throw new IllegalArgumentException("is a day that never comes");
            }
            if (i > 0 && Duration.between(at, next).compareTo(LEAST) < 0) {
                throw new IllegalArgumentException("begins runs less than ten minutes apart");
            }
            at = next;
        }
        return cron;
    }

    private static ExecutionTime times(String expression) {
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        try {
            return ExecutionTime.forCron(parser.parse(expression));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("is not a cron expression" + reason(e.getMessage()), e);
        }
    }

    private static String reason(@Nullable String message) {
        String said = message == null
                ? ""
                : message.substring(message.indexOf(". ") + 1).strip();
        return said.matches("(?:Value|Period) .*|Invalid range! .*")
                ? ": " + Character.toLowerCase(said.charAt(0))
                        + said.substring(1).replace("!", "")
                : ": it names no month or day that is known";
    }

    /** The expression, as it was written. */
    public String expression() {
        return expression;
    }

    /** The zone whose clock is meant. */
    String zoneName() {
        return zone.getId().equals("Z") ? "UTC" : zone.getId();
    }

    @Override
    public Instant first(Instant now) {
        return after(now);
    }

    @Override
    public Instant after(Instant begun) {
        LocalDateTime local = begun.atZone(zone).toLocalDateTime();
        while (true) {
            local = next(local).orElseThrow();
            Instant at = instant(local);
            // Two times that the clock skipped are the same instant, and one that it shows again has passed.
            if (at.isAfter(begun)) {
                return at;
            }
        }
    }

    private Instant instant(LocalDateTime local) {
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap()
                ? change.getInstant()
                : local.atZone(zone).toInstant();
    }

    /** By a clock that neither skips nor repeats anything. */
    private Optional<LocalDateTime> next(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(ZonedDateTime::toLocalDateTime);
    }

    @Override
    public Duration slack(Instant due) {
        Duration part = Duration.between(due, after(due)).dividedBy(PART_OF_TIME);
        return part.compareTo(LONGEST_SLACK) < 0 ? part : LONGEST_SLACK;
    }
}
