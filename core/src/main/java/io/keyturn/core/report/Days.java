package io.keyturn.core.report;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Step;
import java.time.Duration;
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
    private final int[][] days = new int[Week.COUNT * DAYS_A_WEEK][Step.values().length];
    private final int[][] weeks = new int[Week.COUNT][Step.values().length];

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
        if (day < days.length) {
            days[(int) day][step.ordinal()]++;
        }
        long week = Math.max(0, Duration.between(now, at).toDays() / DAYS_A_WEEK);
        if (week < weeks.length) {
            weeks[(int) week][step.ordinal()]++;
        }
    }

    /** By the days of the calendar, in UTC, today first. */
    List<Day> list() {
        List<Day> list = new ArrayList<>(days.length);
        for (int i = 0; i < days.length; i++) {
            int[] day = days[i];
            list.add(new Day(
                    today.plusDays(i),
                    notices(day),
                    day[Step.ROTATE.ordinal()],
                    day[Step.DEACTIVATE.ordinal()],
                    day[Step.DELETE.ordinal()]));
        }
        return list;
    }

    /** By weeks of seven times 24 hours from now on, whatever the time of the day is. */
    List<Week> weeks() {
        List<Week> list = new ArrayList<>(Week.COUNT);
        for (int[] week : weeks) {
            list.add(new Week(
                    notices(week),
                    week[Step.ROTATE.ordinal()],
                    week[Step.DEACTIVATE.ordinal()],
                    week[Step.DELETE.ordinal()]));
        }
        return list;
    }

    private static int notices(int[] counts) {
        return counts[Step.REMIND.ordinal()] + counts[Step.TICKET.ordinal()];
    }
}
