package io.keyturn.app.cli;

import io.keyturn.app.config.Report;
import io.keyturn.app.render.OutcomeLines;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.Channel;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run in the place of an earlier tool prints: on standard output what the tool printed, all else is said. */
abstract class PresetOutput implements ActJob.Desk {
    private final boolean acts;
    private final Consumer<String> says;
    /** Counted, and printed in the tool's own words alone. */
    private final OutcomeLines counted = new OutcomeLines(new PrintWriter(Writer.nullWriter()));

    private boolean failed;

    /**
     * @param acts whether the plan is carried out
     * @param says tells people a sentence, beside standard output
     */
    PresetOutput(boolean acts, Consumer<String> says) {
        this.acts = acts;
        this.says = says;
    }

    /** Takes the accounts as they are read. */
    abstract Renderer renderer();

    /** Prints what the tool printed, once the run is over. */
    abstract void end(ActJob.End end, PrintWriter out);

    /** What a person who interrupts the run is told of what it did. */
    String whenInterrupted() {
        return "what is logged as done is done; the next run finds out what came of an act under way";
    }

    /** Whether everything that was to be done was done. */
    final boolean whole() {
        return !failed;
    }

    /** Actions that ended so far, by what they do and what they came to. */
    final Map<Verb, Map<String, Integer>> counts() {
        return counted.counts();
    }

    final void say(String sentence) {
        says.accept(sentence);
    }

    /** Says what was not done, which the exit code then tells too. */
    final void fail(String sentence) {
        failed = true;
        say(sentence);
    }

    @Override
    public final boolean approves(Plan plan) {
        return acts;
    }

    @Override
    public void posted(Report report, Channel.Sending sending) {
        Optional<Problem> problem = ActRuns.notPosted(sending);
        problem.ifPresent(why -> fail(why.sentence()));
    }

    @Override
    public void restrained(String sentence) {
        say(sentence);
    }

    @Override
    public void ended(Account account, Outcome outcome) {
        counted.ended(account, outcome);
        String what = unlike(outcome);
        if (what != null) {
            fail(account.name() + ": " + what);
        }
    }

    /** What kept an action from being done; null where it was, or is not due any more. */
    private static @Nullable String unlike(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> null;
            case Outcome.Skipped skipped -> null;
            case Outcome.Failed(var action, Problem problem) -> problem.sentence();
            case Outcome.InDoubt(var action, Problem problem) -> problem.sentence();
            case Outcome.NotTried(var action, String why) -> action.verb() + " was not tried: " + why;
        };
    }

    @Override
    public void troubled(Account account, String sentence) {
        fail(account.name() + ": " + sentence);
    }
}
