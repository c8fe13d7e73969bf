package io.keyturn.core.plan;

import java.util.List;
import java.util.function.Predicate;

/**
 * The ordered actions of one run, after caps and exemptions.
 *
 * @param hash SHA-256 of the canonical text of actions and deferred, in hexadecimal
 */
public record Plan(List<Action> actions, List<Deferred> deferred, String hash) {
    /**
     * An action that no longer fits under a cap.
     *
     * @param cap such as {@code deactivate per-account}
     * @param limit how many the cap allows
     * @param selected how many were taken, those of earlier runs in the cap's window among them
     * @param total how many wanted to be, those of earlier runs among them
     */
    public record Deferred(Action action, String cap, int limit, int selected, int total) {}

    public Plan {
        actions = List.copyOf(actions);
        deferred = List.copyOf(deferred);
    }

    /**
     * Fingerprint of what it changes alone, whatever else is in it: two plans that change the same keys in the same way for
     * the same reasons have the same.
     */
    public String changes() {
        List<Action> changes =
                actions.stream().filter(action -> !action.step().speaksOnly()).toList();
        return PlanHash.of(changes, List.of());
    }

    /** The same plan with only some of its actions, which is another plan with another hash. */
    public Plan only(Predicate<Action> wanted) {
        List<Action> fewer = actions.stream().filter(wanted).toList();
        List<Deferred> later =
                deferred.stream().filter(put -> wanted.test(put.action())).toList();
        return new Plan(fewer, later, PlanHash.of(fewer, later));
    }
}
