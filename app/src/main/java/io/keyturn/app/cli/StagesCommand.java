package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Safe;
import io.keyturn.app.render.StagesJson;
import io.keyturn.app.render.StagesText;
import io.keyturn.app.wiring.Decided;
import io.keyturn.app.wiring.StagesJob;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.report.StageReport;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows how far Keyturn may go and where, what the next stage would do there and whether it is ready; lowers a stage. */
@Command(
        name = "stages",
        description = {
            "Show by organizational unit how far Keyturn may go, what the next stage would do, and whether it is ready.",
            "With --lower, go no further than that from now on: in every worker, at once. Only a change of the file raises"
                    + " it again: an entry of stages with raised: and the time."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn stages",
            "  keyturn stages --demo --output json",
            "  keyturn stages --lower Workloads/Dev observe --why \"incident 42\"",
            "  keyturn stages --lower 111122223333 notify --why \"audit\"",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 some accounts could not be read."
        })
final class StagesCommand implements Callable<Integer> {
    /** Forms of the result. */
    enum Form {
        TABLE,
        JSON
    }

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private ScreenOptions screen = new ScreenOptions();

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Read only this account: its number or name.")
    private @Nullable String account;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Form form = Form.TABLE;

    @ArgGroup(exclusive = false)
    private @Nullable Lower lower;

    /** What is lowered to what, by whom and why. */
    static final class Lower {
        @Option(
                names = "--lower",
                arity = "2",
                required = true,
                paramLabel = "OU|ACCOUNT STAGE",
                hideParamSyntax = true,
                description = "Go no further than STAGE in this unit or account.")
        private List<String> words = List.of();

        @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why; kept in the journal.")
        private String why = "";

        @Option(names = "--by", paramLabel = "NAME", description = "Who decides (default: the user of this session).")
        private @Nullable String by;
    }

    @Override
    public Integer call() throws StoreFailure, Refused {
        PrintWriter errors = spec.commandLine().getErr();
        Lower lowered = lower;
        if (lowered != null) {
            return lower(lowered, source.settings(keyturn.environment, errors));
        }
        try (Ground ground = source.ground(keyturn.environment, errors)) {
            StagesJob job = new StagesJob(ground.settings(), ground.environment(), InstantSource.system());
            return new Runs(keyturn.environment, spec.commandLine()).watched(job.meter(), progress -> {
                AccountChoice chosen = new AccountChoice(account);
                StagesJob.Result result = job.run(entry -> chosen.takes(entry.id(), entry.label()));
                progress.close();
                if (result.none()) {
                    throw new BadConfiguration(chosen.unknown(result.labels()));
                }
                return show(result.report());
            });
        }
    }

    private int show(StageReport report) {
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case TABLE -> new StagesText(out, screen.screen(keyturn.environment)).print(report);
            case JSON -> StagesJson.write(out, report);
        }
        report.failures().forEach(failure -> spec.commandLine().getErr().println("keyturn: " + Safe.text(failure)));
        return report.complete() ? 0 : Keyturn.NOT_READ;
    }

    private int lower(Lower lowered, Settings settings) throws StoreFailure, Refused {
        Stage stage = stage(lowered.words.get(1));
        Scope scope = new PlaceName(lowered.words.getFirst())
                .scope(
                        settings.rules().stages(),
                        () -> new StagesJob(settings, keyturn.environment, InstantSource.system()).places());
        String who = WhoAndWhy.named(lowered.by, keyturn.environment);
        new Decided(settings, keyturn.environment, InstantSource.system())
                .make(decisions -> decisions.lower(scope, stage, who, lowered.why));
        PrintWriter out = spec.commandLine().getOut();
        out.println("lowered: nothing goes further than " + stage.label() + " in " + PlaceName.of(scope)
                + " from now on, in any worker, until its entry of stages says raised: with a later time");
        out.flush();
        return 0;
    }

    private static Stage stage(String word) {
        return StageWord.find(word).orElseThrow(() -> new BadConfiguration("--lower: " + StageWord.whyNot(word)));
    }
}
