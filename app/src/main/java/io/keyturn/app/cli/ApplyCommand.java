package io.keyturn.app.cli;

import io.keyturn.core.plan.Plan;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plans, shows the plan, asks, and carries it out. */
@Command(
        name = "apply",
        description = {
            "Plan, show the plan, ask, and carry it out.",
            "How far it goes in an account, the stages of the configuration say; without them it only looks."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn apply",
            "  keyturn apply --only deactivate --user old-job",
            "  keyturn apply --yes",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 something could not be read or done, 4 stopped."
        })
final class ApplyCommand extends ActCommand {
    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    boolean approves(Plan plan) {
        if (plan.actions().isEmpty() || yes) {
            return true;
        }
        PrintWriter errors = spec.commandLine().getErr();
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            errors.println("keyturn: nobody is there to ask; add --yes to carry out a plan unseen");
            return false;
        }
        String hash = plan.hash().substring(0, 4) + " " + plan.hash().substring(4, 8);
        String answer = console.readLine(
                "Carry out these %d steps (%s)? Type yes: ", plan.actions().size(), hash);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).equals("yes");
    }
}
