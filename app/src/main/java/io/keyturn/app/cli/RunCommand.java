package io.keyturn.app.cli;

import io.keyturn.engine.port.StoreFailure;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
final class RunCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private SurveyOptions survey = new SurveyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private ActOptions act = new ActOptions();

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() throws StoreFailure {
        return new ActRuns(keyturn.environment, spec.commandLine())
                .run(survey, output, act.narrowing(), plan -> !dryRun);
    }
}
