package io.keyturn.app.cli;

import io.keyturn.core.plan.Plan;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Plans, shows the plan, asks, and carries it out. */
@Command(
        name = "apply",
        description = {
            "Plan, show the plan, ask, and carry it out.",
            "With a file, carry out the plan that `keyturn plan --out FILE` wrote there, and no other: what the world no"
                    + " longer agrees with is refused, step by step.",
            "How far it goes in an account, the stages of the configuration say; without them it only looks."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn apply",
            "  keyturn apply --only deactivate --user old-job",
            "  keyturn apply --yes",
            "  keyturn apply plan.json",
            "  keyturn apply plan.json --only deactivate --account sandbox",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 something could not be read or done, 4 stopped."
        })
final class ApplyCommand extends ActCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "PLAN",
            description = "The file of the plan to carry out (default: what is due now).")
    private @Nullable Path file;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    @Nullable
    Path file() {
        return file;
    }

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
