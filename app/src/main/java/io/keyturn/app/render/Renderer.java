package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.util.function.Predicate;

/** Makes a run's result visible, account by account. */
public interface Renderer {
    /** Takes in one account; only findings that pass {@code view} are shown. */
    void account(AccountOutcome outcome, Predicate<Finding> view);

    /**
     * Ends the output.
     *
     * @param planAsked whether the plan is part of what is shown
     */
    void end(Plan plan, boolean planAsked);

    /**
     * Hears how the run ended, after all that was done; of a run that took no account it hears nothing.
     *
     * @throws IOException where what it says of the run cannot be written; its message is a sentence for people
     */
    default void over(RunEnd end) throws IOException {}

    /** Whether accounts are written as they come, not all at the end. */
    default boolean writesAtOnce() {
        return true;
    }
}
