package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.util.List;

/**
 * The end of a key that a person declared compromised: no successor is waited for and no notice, since the decision stands
 * in its place and whoever reads the owner's mail would be warned. What else bounds a step bounds this one too.
 */
public final class ShortWay {
    private ShortWay() {}

    /** Whether the action belongs to it. */
    public static boolean isTakenBy(Action action) {
        return action instanceof Action.Deactivate && isDecided(action.reasons());
    }

    private static boolean isDecided(List<Reason> reasons) {
        return reasons.stream().anyMatch(Reason.Compromised.class::isInstance);
    }

    /** Whether the key may be switched off now. A snooze spares its owner reminders, and no key that is out. */
    static boolean isOpen(Finding finding, Stage stage, List<Hold> holds) {
        return isDecided(finding.reasons())
                && finding.credential().keyId() != null
                && stage.allows(Step.DEACTIVATE)
                && holds.stream().allMatch(Hold::quiet)
                && finding.reasons().stream().noneMatch(Reason.Exempted.class::isInstance);
    }
}
