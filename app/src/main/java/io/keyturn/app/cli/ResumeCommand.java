package io.keyturn.app.cli;

import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import picocli.CommandLine.Command;

/** Changes may start again after a stop. */
@Command(
        name = "resume",
        description = "Changes may start again after a stop.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn resume --why \"incident 42 is over\"",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 the store could not be written."
        })
final class ResumeCommand extends DecisionCommand {
    @Override
    void decide(Decisions decisions, String who, String why) throws StoreFailure, Refused {
        decisions.resume(who, why);
    }

    @Override
    String done() {
        return "resumed: workers on this store start changes again";
    }
}
