package io.keyturn.core.forecast;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Fact;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.ShortWay;
import io.keyturn.core.policy.ActWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The hours at which keys are changed and owners told. A forecast has one run a day where runs come more often, so what is
 * due happens in the first hour before its next run in which it may.
 *
 * @param acting when keys may be changed; null for any time
 * @param speaking when owners are told of what can wait; null for any time
 * @param zone the clock of owners of whose own nothing is known
 */
public record ForecastHours(
        @Nullable ActWindow acting, @Nullable ActWindow speaking, ZoneId zone) {
    /** At any time. */
    public static final ForecastHours ANY = new ForecastHours(null, null, ZoneOffset.UTC);

    private static final Duration TO_NEXT_RUN = Duration.ofDays(1);

    /**
     * When an action is done that is due at a run.
     *
     * @param finding that of its key; null where it is about none
     * @return null where it waits for a later run
     */
    @Nullable
    Instant of(Action action, @Nullable Finding finding, Instant run) {
        return action.step().speaksOnly() ? said(action, finding, run) : done(action, finding, run);
    }

    private @Nullable Instant said(Action action, @Nullable Finding finding, Instant run) {
        if (speaking == null || !canWait(action)) {
            return run;
        }
        Instant opening = speaking.opening(run, clock(finding));
        if (action instanceof Action.Remind remind
                && remind.announced() != null
                && !remind.announced().at().isAfter(opening)) {
            // After the day that it announces it would come too late.
            return run;
        }
        return beforeNext(opening, run);
    }

    /** Tickets wake nobody, and a leaked key waits for nothing. */
    private static boolean canWait(Action action) {
        return (action instanceof Action.Remind || action instanceof Action.CloseNotice)
                && action.reasons().stream()
                        .noneMatch(
                                reason -> reason instanceof Reason.Quarantined || reason instanceof Reason.Compromised);
    }

    private @Nullable Instant done(Action action, @Nullable Finding finding, Instant run) {
        if (acting == null || action instanceof Action.Reactivate || ShortWay.isTakenBy(action)) {
            return run;
        }
        ZoneId clock = clock(finding);
        Instant opening = acting.opening(run, clock);
        if (beforeNext(opening, run) == null) {
            return null;
        }
        if (action instanceof Action.Brownout brownout) {
            if (acting.isOpen(opening.plus(brownout.lasting()), clock)) {
                return beforeNext(opening, run);
            }
            // It is to end while people work: that takes a run at an earlier hour, of the next day.
            ZoneId hours = acting.zone() == null ? clock : acting.zone();
            LocalDate tomorrow = LocalDate.ofInstant(run, hours).plusDays(1);
            opening = acting.opening(tomorrow.atStartOfDay(hours).toInstant(), clock);
            return acting.isOpen(opening.plus(brownout.lasting()), clock) ? beforeNext(opening, run) : null;
        }
        return beforeNext(opening, run);
    }

    private static @Nullable Instant beforeNext(Instant opening, Instant run) {
        return opening.isBefore(run.plus(TO_NEXT_RUN)) ? opening : null;
    }

    private ZoneId clock(@Nullable Finding finding) {
        if (finding != null && finding.owner() instanceof Fact.Known<Owner>(Owner owner, Instant at)) {
            ZoneId own = owner.zone();
            return own == null ? zone : own;
        }
        return zone;
    }
}
