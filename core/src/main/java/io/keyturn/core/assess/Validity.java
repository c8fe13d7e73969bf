package io.keyturn.core.assess;

import io.keyturn.core.model.Principal;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long findings stay as they are, with the same standing and the same kinds of reasons, if nothing happens to their users. */
public final class Validity {
    private final Rules rules;
    private final boolean judgedByKey;

    public Validity(Rules rules) {
        this.rules = rules;
        this.judgedByKey =
                rules.policies().stream().anyMatch(policy -> policy.when().mentionsKey());
    }

    /**
     * Until then at least; not after {@code now} where only judging again can tell, as where a policy's condition asks for
     * the age of a key.
     *
     * @param goesOn whether the key goes on being used, so that its last use stays as long ago as it is
     */
    public Instant until(Finding finding, boolean goesOn, Instant now) {
        if (judgedByKey) {
            return now;
        }
        Instant until = exemptUntil(finding, now);
        Policy policy = finding.governedBy() == null ? null : rules.policy(finding.governedBy());
        if (policy != null) {
            until = earlier(until, reached(finding.age(), limits(policy.age(), null), now));
            Duration idle = goesOn ? null : finding.idle();
            until = earlier(until, reached(idle, limits(policy.idle(), finding.observed()), now));
        }
        for (Deadline deadline : finding.deadlines()) {
            boolean comes =
                    deadline.at().isAfter(now) && !(goesOn && deadline.limit().equals("idle"));
            until = comes ? earlier(until, deadline.at()) : until;
        }
        return until;
    }

    /** The end of the first exemption of the user that is to end. */
    private Instant exemptUntil(Finding finding, Instant now) {
        Instant until = Instant.MAX;
        if (finding.credential().principal() instanceof Principal.OfUser user) {
            for (Exemption exemption : rules.exemptions()) {
                LocalDate last = exemption.until();
                if (!LocalDate.ofInstant(now, ZoneOffset.UTC).isAfter(last)
                        && exemption.user().matches(user.arn())) {
                    until = earlier(until, last.atTime(LocalTime.MAX).toInstant(ZoneOffset.UTC));
                }
            }
        }
        return until;
    }

    /** What the key's time is held against, and what it would be held against if it is used rarely. */
    private static List<Duration> limits(@Nullable Limit limit, @Nullable Observed observed) {
        if (limit == null) {
            return List.of();
        }
        return observed == null
                ? List.of(limit.warn(), limit.expire())
                : List.of(
                        limit.warn(),
                        limit.expire(),
                        observed.stillness(),
                        observed.stillness().minus(limit.expire().minus(limit.warn())));
    }

    private static Instant reached(@Nullable Duration time, List<Duration> limits, Instant now) {
        Instant until = Instant.MAX;
        for (Duration limit : limits) {
            // A limit of more years than there are instants is never met.
            if (time != null && limit.compareTo(time) > 0 && limit.compareTo(LimitJudge.NEVER) < 0) {
                until = earlier(until, now.plus(limit.minus(time)));
            }
        }
        return until;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
