package io.keyturn.core.plan;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The short deactivations of one key before the final one, each as long as the policy says, a day apart. */
final class Brownouts {
    /** Less than a day, so that runs at the same hour of every day keep to their hour. */
    static final Duration APART = Duration.ofHours(20);

    private final List<Duration> lengths;
    private final List<Brownout> past;

    Brownouts(Policy policy, History history, CredentialId credential) {
        this.lengths = policy.brownout();
        this.past = credential.keyId() == null || lengths.isEmpty() ? List.of() : history.brownouts(credential.keyId());
    }

    /**
     * What switches the key off now: the next short deactivation, or the final one.
     *
     * @param reasons why
     * @param from those before belong to an announcement that is over; null for none
     */
    Action next(Finding finding, List<Reason> reasons, @Nullable Instant from) {
        int had = (int) past.stream().filter(one -> counts(one, from)).count();
        return had < lengths.size()
                ? new Action.Brownout(finding.credential(), reasons, lengths.get(had))
                : new Action.Deactivate(finding.credential(), reasons);
    }

    /** When the next may come: a day after the last. */
    Instant earliest(@Nullable Instant from) {
        return past.stream()
                .filter(one -> counts(one, from))
                .map(Brownout::ended)
                .reduce(Instant.MIN, (latest, ended) -> ended == null || ended.isBefore(latest) ? latest : ended)
                .plus(past.isEmpty() ? Duration.ZERO : APART);
    }

    private static boolean counts(Brownout one, @Nullable Instant from) {
        return one.seen()
                && one.ended() != null
                && (from == null || !one.begun().isBefore(from));
    }

    /**
     * The end of the one that goes on, where it is due: whatever a policy, a stage or a person says by now. A key that is
     * out, or may be, stays off.
     */
    static List<Action> end(Finding finding, Brownout open, Instant now) {
        boolean out =
                finding.reasons().stream().anyMatch(reason -> reason.isLeak() || reason instanceof Reason.LeakUnknown);
        return out || open.end().isAfter(now)
                ? List.of()
                : List.of(new Action.Reactivate(finding.credential(), finding.reasons()));
    }
}
