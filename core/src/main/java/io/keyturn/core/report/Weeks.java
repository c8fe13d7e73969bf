package io.keyturn.core.report;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the coming weeks if owners do nothing: every key's next step, and every later one whose date is known
 * today. A key that is in use counts as going on to be used, so its idle limit has no date yet.
 */
final class Weeks {
    private final Instant now;
    private final int[][] counts = new int[Week.COUNT][Step.values().length];

    Weeks(Instant now) {
        this.now = now;
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
        long week = Math.max(0, Duration.between(now, at).toDays() / 7);
        if (week < Week.COUNT) {
            counts[(int) week][step.ordinal()]++;
        }
    }

    List<Week> list() {
        List<Week> weeks = new ArrayList<>(Week.COUNT);
        for (int[] week : counts) {
            weeks.add(new Week(
                    week[Step.REMIND.ordinal()] + week[Step.TICKET.ordinal()],
                    week[Step.ROTATE.ordinal()],
                    week[Step.DEACTIVATE.ordinal()],
                    week[Step.DELETE.ordinal()]));
        }
        return weeks;
    }
}
