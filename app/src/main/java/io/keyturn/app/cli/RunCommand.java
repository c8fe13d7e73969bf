package io.keyturn.app.cli;

import io.keyturn.core.plan.Plan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Reads, plans, carries out and reports, without asking. */
@Command(
        name = "run",
        description = {
            "Read, plan, carry out what is due, and report: for schedulers.",
            "How far it goes in an account, the stages of the configuration say; without them it only looks."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn run",
            "  keyturn run --dry-run",
            "  keyturn run --only remind",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 something could not be read or done, 4 stopped."
        })
final class RunCommand extends ActCommand {
    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Override
    boolean approves(Plan plan) {
        return !dryRun;
    }
}
