package io.keyturn.app.cli;

import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Reads and judges every key. */
@Command(
        name = "scan",
        description = "Read every key and judge it: what is overdue, whose it is, what comes next.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn scan",
            "  keyturn scan --profile production --all",
            "  keyturn scan --organization keyturn-read --output json > findings.json",
            "  keyturn scan --output html > keyturn.html",
            "  keyturn scan --fail-on expired",
            "  keyturn scan --organization keyturn-read --shard 2/10",
            "  keyturn scan --demo --output prometheus",
            "  keyturn scan --output ocsf --framework CIS-5.0 > findings.jsonl",
            "",
            "Exit codes: 0 done, 1 findings as asked with --fail-on, 2 usage or configuration,",
            "3 some accounts or facts could not be read."
        })
final class ScanCommand implements Callable<Integer> {
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
                survey.ground(keyturn.environment, spec.commandLine().getErr())) {
            return new Runs(keyturn.environment, spec.commandLine()).survey(ground, survey, output, false, List.of());
        }
    }
}
