package io.keyturn.app.cli;

import io.keyturn.app.metrics.KeycheckLines;
import io.keyturn.app.presets.Translation;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A line of metrics for every key, out before anything is done, so that no fault of a message or a ticket costs one. */
final class KeycheckOutput extends PresetOutput {
    private static final int ENDING = 5;

    private final KeycheckLines lines;
    private final boolean acts;

    KeycheckOutput(Translation.Output.KeycheckMetrics form, PrintWriter out, boolean acts, Consumer<String> says) {
        super(acts, says);
        this.acts = acts;
        this.lines = new KeycheckLines(
                form.printed() ? out : new PrintWriter(Writer.nullWriter()), form.days(), form.alias());
    }

    @Override
    Renderer renderer() {
        return new Renderer() {
            @Override
            public void account(AccountOutcome outcome, Predicate<Finding> view) {
                lines.account(outcome, view);
            }

            @Override
            public void end(Plan plan, boolean planAsked) {
                lines.end(plan, planAsked);
                if (!acts) {
                    plan.actions().forEach(action -> say("would " + sentence(action)));
                }
            }
        };
    }

    private static String sentence(Action action) {
        KeyId key = action.credential().keyId();
        String which = "the key " + (key == null ? "" : "ending in " + key.last(ENDING) + " ") + "of "
                + action.credential().principal().display();
        return switch (action) {
            case Action.Remind remind -> "tell " + name(remind) + " of " + which;
            case Action.OpenTicket ticket -> "file a ticket about " + which + ", where none is open";
            case Action.Deactivate deactivate -> "switch off " + which;
            case Action.CloseNotice other -> other.verb() + " " + which;
            case Action.CloseTicket other -> other.verb() + " " + which;
            case Action.CreateKey other -> other.verb() + " " + which;
            case Action.DeliverSecret other -> other.verb() + " " + which;
            case Action.Brownout other -> other.verb() + " " + which;
            case Action.Reactivate other -> other.verb() + " " + which;
            case Action.Delete other -> other.verb() + " " + which;
        };
    }

    private static String name(Action.Remind remind) {
        Owner owner = remind.owner();
        return owner == null ? "nobody" : owner.name();
    }

    @Override
    void end(ActJob.End end, PrintWriter out) {
        lines.notRead().forEach(this::say);
    }
}
