package io.keyturn.engine.apply;

import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Action;

/** What a planned action came to. */
public sealed interface Outcome {
    Action action();

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
