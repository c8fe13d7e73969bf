package io.keyturn.app.cli;

import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import picocli.CommandLine.Command;

/** No worker starts a change any more, wherever it runs, until you resume. */
@Command(
        name = "stop",
        description = "No worker starts a change any more, wherever it runs, until you resume.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn stop --why \"incident 42\"",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 the store could not be written."
        })
final class StopCommand extends DecisionCommand {
    @Override
    void decide(Decisions decisions, String who, String why) throws StoreFailure, Refused {
        decisions.stop(who, why);
    }

    @Override
    String done() {
        return "stopped: no worker on this store starts a change until `keyturn resume`; keyturn scan and plan still read";
    }
}
