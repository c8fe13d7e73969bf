package io.keyturn.app.cli;

import io.keyturn.app.render.CheckupJson;
import io.keyturn.app.render.CheckupText;
import io.keyturn.app.wiring.DoctorJob;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tries every permission and channel that is configured. */
@Command(
        name = "doctor",
        description =
                "Try every permission and channel that is configured: what works, what does not, and the statement to"
                        + " add. Nothing is changed or sent; of changes, AWS's policy simulator is asked.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn doctor",
            "  keyturn doctor --demo",
            "  keyturn doctor --demo --account data --output json",
            "  keyturn doctor --organization keyturn-read",
            "",
            "Exit codes: 0 all that is needed works, 2 usage or configuration, 3 something needed does not work."
        })
final class DoctorCommand implements Callable<Integer> {
    /** Forms of the result. */
    enum Form {
        TABLE,
        JSON
    }

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Try only this account: number or name.")
    private @Nullable String account;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Form form = Form.TABLE;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private ScreenOptions screen = new ScreenOptions();

    @Override
    public Integer call() throws StoreFailure {
        try (Ground ground =
                source.ground(keyturn.environment, spec.commandLine().getErr())) {
            DoctorJob job = new DoctorJob(ground.settings(), ground.environment(), InstantSource.system());
            return new Runs(keyturn.environment, spec.commandLine()).watched(job.meter(), progress -> {
                AccountChoice choice = new AccountChoice(account);
                DoctorJob.Result result = job.run(entry -> choice.takes(entry.id(), entry.label()));
                progress.close();
                boolean none = result.checkup().accounts().isEmpty()
                        && result.checkup().leftOut().isEmpty();
                if (none && account != null) {
                    throw new BadConfiguration(choice.unknown(result.labels()));
                }
                show(result);
                return result.checkup().works() ? 0 : Keyturn.NOT_READ;
            });
        }
    }

    private void show(DoctorJob.Result result) {
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case TABLE ->
                new CheckupText(out, screen.screen(keyturn.environment)).print(result.checkup(), result.remedies());
            case JSON -> CheckupJson.write(out, result.checkup(), result.remedies());
        }
    }
}
