package io.keyturn.app.render;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Words;
import io.keyturn.engine.message.Notice;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A notice in words: what happens when, why, and what to do. Dates are UTC, and names of others are made harmless. */
public final class NoticeLetter {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEE yyyy-MM-dd", Locale.ROOT);

    private final Notice notice;
    private final LocalDate today;
    private final String key;

    public NoticeLetter(Notice notice, Instant now) {
        this.notice = notice;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        KeyId id = notice.finding().credential().keyId();
        this.key = Safe.text(notice.finding().credential().principal().display())
                + (id == null ? "" : " · " + id.lastFour())
                + " · " + Safe.text(notice.account().name());
    }

    /** One line. */
    public String subject() {
        Deadline announced = notice.announced();
        Reason.Succeeded succeeded = succeeded();
        if (announced == null && succeeded != null) {
            return "AWS access key " + key
                    + (succeeded.installed() ? " is still in use beside its successor" : ": install its successor");
        }
        return announced == null
                ? "AWS access key " + key + " is " + Words.of(notice.finding().standing())
                : "AWS access key " + key + ": " + announced.step().label() + " on " + day(announced.at());
    }

    /** The whole text. */
    public String text() {
        Account account = notice.account();
        Finding finding = notice.finding();
        StringBuilder text = new StringBuilder();
        text.append(first()).append("\n\n");
        fact(text, "Key", key);
        fact(
                text,
                "Account",
                Safe.text(account.name()) + ", " + spaced(account.id().value()));
        for (Reason reason : finding.reasons()) {
            fact(text, "Why", Safe.text(Words.sentence(reason)));
        }
        fact(text, "Made", made(finding.credential().created()));
        fact(text, "Last use", use(finding.lastUse()));
        fact(text, "", "the last use is all that AWS tells: a key used in several places shows one of them");
        text.append("\nWhat to do\n").append(steps());
        text.append("\nYou get this as the owner of the key (")
                .append(Safe.text(notice.owner().source()))
                .append(").\n");
        return text.toString();
    }

    /** That the key has a successor; null where it has none. */
    private Reason.@Nullable Succeeded succeeded() {
        return notice.finding().reasons().stream()
                .filter(Reason.Succeeded.class::isInstance)
                .map(Reason.Succeeded.class::cast)
                .findFirst()
                .orElse(null);
    }

    private String first() {
        Deadline announced = notice.announced();
        Reason.Succeeded succeeded = succeeded();
        if (announced == null && succeeded != null) {
            return succeeded.installed()
                    ? "This access key has a successor that is in use, and is still used itself. It stays until somebody"
                            + " decides."
                    : "A new access key was made to take the place of this one. Install it: this one is switched off only"
                            + " after the new one is in use, and on a day that you will be told.";
        }
        if (announced == null) {
            return "This access key needs your attention.";
        }
        String when = "on " + day(announced.at()) + " (" + in(announced.at()) + ")";
        return switch (announced.step()) {
            case DEACTIVATE ->
                "This access key will be switched off " + when + ". Until it is deleted, that can be undone.";
            case DELETE -> "This access key is switched off and will be deleted " + when + ". That cannot be undone.";
            case ROTATE -> "A new access key will be made " + when + " and this one switched off later.";
            case REMIND, TICKET -> "This access key needs your attention " + when + ".";
        };
    }

    private String steps() {
        Deadline announced = notice.announced();
        Reason.Succeeded succeeded = succeeded();
        if (succeeded != null) {
            return succeeded.installed() ? """
                      1. Find out what still uses this key: its last use is above.
                      2. Give it the new key, or a role.
                      3. If you need more time, ask whoever runs Keyturn for you to freeze it.
                    """ : """
                      1. Fetch the new key from where it was delivered: it is above.
                      2. Install it wherever this one is used.
                      3. If you need neither, delete both.
                    """;
        }
        Step step = announced == null ? Step.REMIND : announced.step();
        return switch (step) {
            case DEACTIVATE -> """
                  1. Find out whether anything still needs the key: a job that runs once a quarter counts.
                  2. If nothing does, delete it yourself. If something does, move it to a role, or use the key.
                  3. If you need more time, ask whoever runs Keyturn for you to snooze it.
                """;
            case DELETE -> """
                  1. Find out whether anything broke since it was switched off.
                  2. If something did, ask whoever runs Keyturn for you to undo it before that day.
                  3. If nothing did, there is nothing to do.
                """;
            case ROTATE -> """
                  1. Find out where the key is used.
                  2. Move what you can to a role, so that it needs no key.
                  3. Be ready to install the new key in the rest.
                """;
            case REMIND, TICKET -> """
                  1. Find out whether anything still needs the key.
                  2. If nothing does, delete it. If something does, make a new key, install it, and delete this one.
                  3. Where you can, use a role, so that it needs no key.
                """;
        };
    }

    private static void fact(StringBuilder text, String name, String value) {
        text.append("  ")
                .append(String.format(Locale.ROOT, "%-10s", name))
                .append(value)
                .append('\n');
    }

    private String made(@Nullable Instant created) {
        return created == null
                ? "not known"
                : day(created) + ", " + ChronoUnit.DAYS.between(LocalDate.ofInstant(created, ZoneOffset.UTC), today)
                        + " days ago";
    }

    private static String use(LastUse use) {
        return switch (use) {
            case LastUse.NeverUsed() -> "never used";
            case LastUse.Unknown unknown -> "not known: " + Safe.text(unknown.why());
            case LastUse.Used used ->
                day(used.at()) + ", " + Safe.text(used.service()) + " in " + Safe.text(used.region());
        };
    }

    private static String day(Instant at) {
        return DAY.format(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    private String in(Instant at) {
        long days = ChronoUnit.DAYS.between(today, LocalDate.ofInstant(at, ZoneOffset.UTC));
        return days <= 0 ? "today" : days == 1 ? "tomorrow" : "in " + days + " days";
    }

    private static String spaced(String account) {
        return account.substring(0, 4) + " " + account.substring(4, 8) + " " + account.substring(8);
    }
}
