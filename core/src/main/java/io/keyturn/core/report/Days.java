package io.keyturn.core.report;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the coming thirteen weeks, day by day, if owners do nothing: every key's next step, and every later one
 * whose date is known today. A key that is in use counts as going on to be used, so its idle limit has no date yet.
 */
final class Days {
    private static final int DAYS_A_WEEK = 7;

    private final Instant now;
    private final LocalDate today;
    private final int[][] counts = new int[Week.COUNT * DAYS_A_WEEK][Step.values().length];

    Days(Instant now) {
        this.now = now;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /**
     * Takes in one key.
     *
     * @param next its next step; null where none is to come
     */
    void add(Finding finding, @Nullable Scheduled next) {
        boolean idle = finding.reasons().stream()
                .anyMatch(reason -> reason instanceof Reason.PastIdle || reason instanceof Reason.NearIdle);
        for (Deadline deadline : finding.deadlines()) {
            boolean dated = idle || deadline.limit().equals("age");
            // What is past is the planner's: it knows the date that was announced, or has yet to be.
            boolean later = deadline.at().isAfter(now) && !isSame(deadline, next) && !endsBefore(next, deadline);
            // A key that works is never deleted: that takes a recorded cool-down first.
            if (dated && later && deadline.step() != Step.DELETE) {
                count(deadline.step(), deadline.at());
            }
        }
        if (next != null && (idle || !isOfIdleness(finding, next))) {
            count(next.step(), next.at());
        }
    }

    private static boolean isSame(Deadline deadline, @Nullable Scheduled next) {
        return next != null && deadline.step() == next.step() && deadline.at().equals(next.at());
    }

    /** Whether the key is switched off by then. */
    private static boolean endsBefore(@Nullable Scheduled next, Deadline deadline) {
        return next != null && next.step() == Step.DEACTIVATE && !next.at().isAfter(deadline.at());
    }

    private static boolean isOfIdleness(Finding finding, Scheduled next) {
        return finding.deadlines().stream()
                .anyMatch(deadline -> deadline.limit().equals("idle") && isSame(deadline, next));
    }

    private void count(Step step, Instant at) {
        long day = Math.max(0, ChronoUnit.DAYS.between(today, LocalDate.ofInstant(at, ZoneOffset.UTC)));
        if (day < counts.length) {
            counts[(int) day][step.ordinal()]++;
        }
    }

    /** The days, today first. */
    List<Day> list() {
        List<Day> days = new ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            int[] day = counts[i];
            days.add(new Day(
                    today.plusDays(i),
                    day[Step.REMIND.ordinal()] + day[Step.TICKET.ordinal()],
                    day[Step.ROTATE.ordinal()],
                    day[Step.DEACTIVATE.ordinal()],
                    day[Step.DELETE.ordinal()]));
        }
        return days;
    }

    /** The same by weeks of seven days, the first beginning today. */
    List<Week> weeks() {
        List<Day> days = list();
        List<Week> weeks = new ArrayList<>(Week.COUNT);
        for (int week = 0; week < Week.COUNT; week++) {
            Week sum = Week.EMPTY;
            for (Day day : days.subList(week * DAYS_A_WEEK, (week + 1) * DAYS_A_WEEK)) {
                sum = sum.plus(day);
            }
            weeks.add(sum);
        }
        return weeks;
    }
}
