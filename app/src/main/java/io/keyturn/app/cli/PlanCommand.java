package io.keyturn.app.cli;

import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what a run would do today. */
@Command(
        name = "plan",
        description = "Show every step that would be taken today, with the hash of the whole. Nothing is changed.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn plan",
            "  keyturn plan --demo",
            "  keyturn plan --profile production --output json",
            "",
            "Exit codes: 0 done, 1 findings as asked with --fail-on, 2 usage or configuration,",
            "3 some accounts or facts could not be read."
        })
final class PlanCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private SurveyOptions survey = new SurveyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Override
    public Integer call() throws StoreFailure {
        try (Ground ground =
                survey.source.ground(keyturn.environment, spec.commandLine().getErr())) {
            return new Runs(keyturn.environment, spec.commandLine()).survey(ground, survey, output, true, List.of());
        }
    }
}
