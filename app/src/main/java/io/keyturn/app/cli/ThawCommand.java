package io.keyturn.app.cli;

import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import picocli.CommandLine.Command;

/** Ends what was frozen or snoozed. */
@Command(
        name = "thaw",
        description = {
            "End a freeze or a snooze of the user, or of the key.",
            "What was frozen as a user is thawed as a user: the thaw of one key leaves its user frozen."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn thaw billing-reader --why \"quarter end is over\"",
            "",
            "Exit codes: 0 thawed, 2 nobody or several found, 3 something needed could not be read."
        })
final class ThawCommand extends HoldCommand {
    @Override
    void decide(Decisions decisions, Scope scope, SoughtOptions.Found found, String who) throws StoreFailure, Refused {
        decisions.thaw(scope, who, decision.why);
    }

    @Override
    String done() {
        return "thawed";
    }
}
