package io.keyturn.engine.apply;

import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Action;

/** What a planned action came to. */
public sealed interface Outcome {
    Action action();

    /** Whether it is what an action came to; what was planned may have been planned anew right before. */
    default boolean isOf(Action planned) {
        return planned.kind() == action().kind()
                && (planned.credential().equals(action().credential())
                        || Recheck.isSame(planned.credential(), action().credential()));
    }

    /** It is done. */
    record Done(Action action) implements Outcome {}

    /** Nothing was done, since it no longer holds what the plan was made on. */
    record Skipped(Action action, String why) implements Outcome {}

    /** It was tried and refused. */
    record Failed(Action action, Problem problem) implements Outcome {}

    /** Nobody knows yet; the next run finds out. */
    record InDoubt(Action action, Problem problem) implements Outcome {}

    /** It was not tried: everything is stopped, or the account has passed to another worker. */
    record NotTried(Action action, String why) implements Outcome {}
}
