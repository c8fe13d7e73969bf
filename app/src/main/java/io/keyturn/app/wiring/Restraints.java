package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Policy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the configuration asks for before a key may be changed, beyond stage, notice and caps. What this version cannot
 * do is not skipped: the changes that wait for it are left undone.
 */
final class Restraints {
    private final boolean closed;
    private final boolean approval;
    private final Set<String> brownouts;
    private final Set<KeyId> beforeBrownout = new HashSet<>();

    Restraints(Settings settings, Instant now) {
        ActWindow window = settings.acting().window();
        // Nobody's clock is known to be the owner's yet, so a window by it goes by UTC.
        this.closed = window != null && !window.isOpen(now, ZoneOffset.UTC);
        this.approval = settings.acting().approval() != Approval.NONE;
        this.brownouts = settings.rules().policies().stream()
                .filter(policy -> !policy.brownout().isEmpty())
                .map(Policy::name)
                .collect(Collectors.toSet());
    }

    /** Takes in which policies govern which keys. */
    void know(List<Finding> findings) {
        for (Finding finding : findings) {
            KeyId key = finding.credential().keyId();
            if (key != null && finding.governedBy() != null && brownouts.contains(finding.governedBy())) {
                beforeBrownout.add(key);
            }
        }
    }

    /** Whether nothing holds the action back. */
    boolean allows(Action action) {
        return action.step().speaksOnly() || (!closed && !approval && !waitsForBrownout(action));
    }

    private boolean waitsForBrownout(Action action) {
        KeyId key = action.credential().keyId();
        return action instanceof Action.Deactivate && key != null && beforeBrownout.contains(key);
    }

    /** Why some of what is due is held back, a sentence each. */
    List<String> sentences(Plan due) {
        long changes = due.actions().stream()
                .filter(action -> !action.step().speaksOnly())
                .count();
        List<String> sentences = new ArrayList<>();
        if (changes > 0 && closed) {
            sentences.add("outside of the act-window: " + count(changes) + " until it opens");
        }
        if (changes > 0 && approval) {
            sentences.add("the configuration asks for approval, which this version cannot take: " + count(changes));
        }
        long brownout = due.actions().stream().filter(this::waitsForBrownout).count();
        if (brownout > 0) {
            sentences.add("the policy asks for a brownout first, which this version cannot make: " + count(brownout));
        }
        return sentences;
    }

    private static String count(long changes) {
        return changes == 1 ? "1 change waits" : changes + " changes wait";
    }
}
