package io.keyturn.core.plan;

import java.util.List;

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
}
