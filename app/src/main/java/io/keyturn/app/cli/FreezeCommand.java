package io.keyturn.app.cli;

import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Nothing that changes a key happens to the user or key until it is thawed. */
@Command(
        name = "freeze",
        description = {
            "No key of the user, or not this key, is changed until you thaw it, or until that day.",
            "Owners are still told what would be due. It holds at once, in every worker."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn freeze billing-reader --why \"quarter end\" --until 2027-01-15",
            "  keyturn freeze K4TD --why \"vendor has not answered\"",
            "",
            "Exit codes: 0 frozen, 2 nobody or several found, or refused, 3 something needed could not be read."
        })
final class FreezeCommand extends HoldCommand {
    @Option(
            names = "--until",
            paramLabel = "DAY",
            converter = Until.class,
            description = "The last day of it, UTC (default: until it is thawed).")
    private @Nullable Instant until;

    @Override
    void decide(Decisions decisions, Scope scope, SoughtOptions.Found found, String who) throws StoreFailure, Refused {
        decisions.freeze(scope, who, decision.why, until);
    }

    @Override
    String done() {
        return "frozen";
    }
}
