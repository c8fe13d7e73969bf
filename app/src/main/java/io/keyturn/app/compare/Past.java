package io.keyturn.app.compare;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That a key is past a limit.
 *
 * @param over since when; of two limits the one that was passed first
 * @param why in words
 */
record Past(Duration over, String why) {
    /** Null where it is past none, as far as is known. */
    static @Nullable Past limits(Finding finding, Policy policy) {
        Past age = of(finding.age(), policy.age(), "days old");
        Past idle = of(finding.idle(), policy.idle(), "days unused");
        return age == null || idle != null && idle.over.compareTo(age.over) > 0 ? idle : age;
    }

    /** Null where the age is within the limit, or one of them is not there. */
    static @Nullable Past of(@Nullable Duration spent, @Nullable Limit limit, String what) {
        if (spent == null || limit == null || spent.compareTo(limit.expire()) < 0) {
            return null;
        }
        return new Past(
                spent.minus(limit.expire()),
                spent.toDays() + " " + what + ", limit " + limit.expire().toDays());
    }

    /** Whether a limit of disuse counts and the last use is not known. */
    static boolean undecided(Finding finding, Policy policy) {
        return policy.idle() != null && finding.lastUse() instanceof LastUse.Unknown;
    }

    /** {@code NOT_YET} where the tool may not have run since, at that cadence. */
    Verdict verdict(Duration cadence) {
        return over.compareTo(cadence) < 0 ? Verdict.NOT_YET : Verdict.DIFFERENT;
    }
}
