package io.keyturn.core.forecast;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Hours;
import io.keyturn.core.policy.ActWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * When in a forecast keys are changed and owners told. A forecast has one run a day where runs come more often, so what is
 * due happens in the first hour before its next run in which it may.
 *
 * @param zone the clock of owners of whose own nothing is known
 */
public record ForecastHours(Hours hours, ZoneId zone) {
    /** At any time. */
    public static final ForecastHours ANY = new ForecastHours(Hours.ANY, ZoneOffset.UTC);

    private static final Duration TO_NEXT_RUN = Duration.ofDays(1);

    /**
     * When an action is done that is due at a run.
     *
     * @param finding that of its key; null where it is about none
     * @return null where it waits for a later run
     */
    @Nullable
    Instant of(Action action, @Nullable Finding finding, Instant run) {
        ZoneId clock = clock(finding);
        return action.step().speaksOnly() ? beforeNext(hours.said(action, run, clock), run) : done(action, run, clock);
    }

    private @Nullable Instant done(Action action, Instant run, ZoneId clock) {
        ActWindow acting = hours.acting();
        if (acting == null || !hours.holdUp(action, run, clock)) {
            return run;
        }
        Instant opening = acting.opening(run, clock);
        if (beforeNext(opening, run) == null) {
            return null;
        }
        if (hours.endTooSoon(action, opening, clock)) {
            // It is to end while people work: that takes a run at an earlier hour, of the next day.
            ZoneId zoneOfHours = acting.zone() == null ? clock : acting.zone();
            LocalDate tomorrow = LocalDate.ofInstant(run, zoneOfHours).plusDays(1);
            opening = acting.opening(tomorrow.atStartOfDay(zoneOfHours).toInstant(), clock);
            return hours.endTooSoon(action, opening, clock) ? null : beforeNext(opening, run);
        }
        return opening;
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
