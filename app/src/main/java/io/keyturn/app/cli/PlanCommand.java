package io.keyturn.app.cli;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.planfile.PlanFile;
import io.keyturn.app.planfile.PlanFileWriter;
import io.keyturn.app.wiring.Job;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a run would do today. */
@Command(
        name = "plan",
        description = {
            "Show every step that would be taken today, with the hash of the whole. Nothing is changed.",
            "With --out it is also written to a file, for `keyturn apply FILE`: valid for three days."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn plan",
            "  keyturn plan --demo",
            "  keyturn plan --profile production --output json",
            "  keyturn plan --out plan.json --account production",
            "",
            "Exit codes: 0 done, 1 findings as asked with --fail-on, 2 usage or configuration,",
            "3 some accounts or facts could not be read, or the file could not be written."
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

    @Option(names = "--out", paramLabel = "FILE", description = "Also write the plan to this file.")
    private @Nullable Path file;

    @Override
    public Integer call() throws StoreFailure {
        if (file != null && survey.policy != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--policy narrows what is shown, not what is planned; narrow with --user");
        }
        try (Ground ground =
                survey.ground(keyturn.environment, spec.commandLine().getErr())) {
            return new Runs(keyturn.environment, spec.commandLine())
                    .survey(ground, survey, output, true, List.of(), result -> written(ground, result));
        }
    }

    /** Writes the file where one is asked for; the exit code where that fails. */
    private Optional<Integer> written(Ground ground, Job.Result result) {
        Path out = file;
        if (out == null) {
            return Optional.empty();
        }
        PrintWriter errors = spec.commandLine().getErr();
        try {
            PlanFile plan = PlanFileWriter.write(
                    out,
                    result.plan().only(survey.narrowed(action -> true)),
                    result.accounts(),
                    result.complete(),
                    Fingerprint.of(ground.settings()),
                    InstantSource.system().instant());
            int steps = plan.actions().size();
            errors.println("keyturn: the plan is in " + out + ": " + (steps == 1 ? "1 step" : steps + " steps")
                    + ", hash " + plan.brief() + ", valid until " + plan.validUntil());
            return Optional.empty();
        } catch (IOException e) {
            errors.println("keyturn: could not write the plan to " + out + ": " + why(out, e)
                    + "; nothing was written there: free some space, or write it elsewhere");
            return Optional.of(Keyturn.NOT_READ);
        }
    }

    private static String why(Path out, IOException e) {
        if (Files.isDirectory(out)) {
            return "it is a folder, and a plan is a file";
        }
        return e instanceof NoSuchFileException
                ? "its folder does not exist"
                : e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
