package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long nothing is due for a key, if nothing happens to its user. */
final class Lull {
    private final Rules rules;
    private final History history;
    private final Instant now;

    Lull(Rules rules, History history, Instant now) {
        this.rules = rules;
        this.history = history;
        this.now = now;
    }

    /**
     * Until then at least; not after now where something is due, or only asking again can tell.
     *
     * @param policy the one that governs the key; null where none does
     * @param goesOn whether the key goes on being used, so that its last use stays as long ago as it is
     */
    Instant until(Finding finding, @Nullable Policy policy, Stage stage, boolean goesOn) {
        CredentialId credential = finding.credential();
        if (history.openBrownout(credential.keyId()) != null
                || isApproved(credential)
                || finding.standing() == Standing.LEAKED) {
            // What is under way, approved or out is seldom, and may end or be ended at any time.
            return now;
        }
        Instant steps = policy == null ? Instant.MAX : steps(finding, policy, stage, goesOn);
        return Stream.concat(
                        rules.stages().stream().map(StageRule::raised),
                        history.holds(credential, now).stream().map(Hold::until))
                .filter(Objects::nonNull)
                .filter(turn -> turn.isAfter(now) && turn.isBefore(steps))
                .min(Instant::compareTo)
                .orElse(steps);
    }

    private boolean isApproved(CredentialId credential) {
        return history.approved(credential, Step.ROTATE, now) != null
                || history.approved(credential, Step.DEACTIVATE, now) != null;
    }

    private Instant steps(Finding finding, Policy policy, Stage stage, boolean goesOn) {
        return switch (finding.standing()) {
            case INACTIVE -> new Deletion(finding, policy, history, rules, now).quietUntil(stage);
            case ROTATING -> new RotationSteps(finding, policy, history, rules.days(), now).quietUntil(stage, goesOn);
            case WARNED, EXPIRED ->
                new KeySteps(finding, policy, history, rules.firstNotice(), now).quietUntil(stage, goesOn);
            case HEALTHY, LEAKED, UNKNOWN, EXEMPT -> Instant.MAX;
        };
    }
}
