package io.keyturn.app.cli;

import io.keyturn.app.config.Durations;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.ForecastJson;
import io.keyturn.app.render.ForecastText;
import io.keyturn.app.render.Safe;
import io.keyturn.app.render.html.ForecastPage;
import io.keyturn.app.wiring.ForecastJob;
import io.keyturn.core.forecast.PastReactions;
import io.keyturn.core.forecast.People;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Looks ahead: what will happen to whom and when. */
@Command(
        name = "forecast",
        description = {
            "Look ahead: read every key once, then let the planner go through the days to come, a run a day.",
            "Shows by week how many messages, tickets and changes there will be, which limits will hold them up, and whose"
                    + " keys change. Keys in use go on being used; nothing is changed and nobody is told.",
            "With --policy, beside what another configuration would do to the same keys."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn forecast --demo --stage enforce",
            "  keyturn forecast --days 365 --react-after 5d",
            "  keyturn forecast --policy tighter.yaml --output json > forecast.json",
            "  keyturn forecast --account production --all",
            "  keyturn forecast --demo --stage enforce --output html > forecast.html",
            "  keyturn forecast --react-as-before",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 some accounts could not be read."
        })
final class ForecastCommand implements Callable<Integer> {
    /** Ten years: what lies farther off is nobody's plan. */
    private static final int MOST_DAYS = 3_650;

    /** Forms of the result. */
    enum Form {
        TABLE,
        JSON,
        HTML
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
            names = "--days",
            paramLabel = "DAYS",
            description = "How far to look (default: ${DEFAULT-VALUE}).",
            defaultValue = "90")
    private int days;

    @Option(
            names = "--react-after",
            paramLabel = "DURATION",
            converter = Days.class,
            description =
                    "How long after the first word owners put a new key to use, or replace theirs by hand, such as 5d"
                            + " (default: they do nothing).")
    private @Nullable Duration reactAfter;

    @Option(
            names = "--react-as-before",
            description = "Owners take as long as they did before, by the journal: those who let it come do so again.")
    private boolean reactAsBefore;

    @Option(
            names = "--stage",
            paramLabel = "STAGE",
            converter = StageWord.class,
            description = "As if every account were at this stage: observe, notify, rotate or enforce"
                    + " (default: as configured).")
    private @Nullable Stage stage;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "Compare with the policies, exemptions, stages and limits of this configuration.")
    private @Nullable Path policy;

    @Option(names = "--all", description = "List every step.")
    private boolean all;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, json, or html: a page in one file (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Form form = Form.TABLE;

    /** Reads a duration. */
    static final class Days implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String word) {
            return Durations.parse(word)
                    .orElseThrow(() ->
                            new TypeConversionException("\"" + word + "\" is no duration such as 5d, 36h or P5D"));
        }
    }

    @Override
    public Integer call() throws StoreFailure {
        if (days < 1 || days > MOST_DAYS) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--days is from 1 to " + MOST_DAYS + ", not " + days);
        }
        PrintWriter errors = spec.commandLine().getErr();
        Path file = policy;
        Settings others = file == null ? null : Configuration.check(file, keyturn.environment, errors, false);
        if (reactAsBefore && reactAfter != null) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "owners react after a time or as before: take --react-after or --react-as-before");
        }
        if (form == Form.HTML) {
            OutputOptions.refuseScreen(spec.commandLine(), ScreenOptions.terminal(), "forecast.html");
        }
        People people = reactAsBefore ? null : new People(reactAfter);
        try (Ground ground = source.ground(keyturn.environment, errors)) {
            ForecastJob job = new ForecastJob(ground.settings(), ground.environment(), InstantSource.system());
            return new Runs(keyturn.environment, spec.commandLine()).watched(job.meter(), progress -> {
                AccountChoice chosen = new AccountChoice(account);
                ForecastJob.Result result = job.run(
                        new ForecastJob.Question(days, people, stage, others),
                        entry -> chosen.takes(entry.id(), entry.label()));
                progress.close();
                if (result.none()) {
                    throw new BadConfiguration(chosen.unknown(result.labels()));
                }
                return show(result, file == null ? "" : file.toString());
            });
        }
    }

    private int show(ForecastJob.Result result, String called) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        boolean complete = result.failures().isEmpty();
        switch (form) {
            case TABLE ->
                new ForecastText(out, screen.screen(keyturn.environment))
                        .print(result.forecast(), assumed(result), result.others(), called, all);
            case JSON ->
                ForecastJson.write(out, result.forecast(), reactAfter, result.before(), result.others(), complete);
            case HTML ->
                new ForecastPage(result.forecast(), result.others(), called).write(assumed(result), notes(result), out);
        }
        notes(result).forEach(note -> errors.println("keyturn: " + Safe.text(note)));
        return complete ? 0 : Keyturn.NOT_READ;
    }

    /** What must be said beside the figures. */
    private static List<String> notes(ForecastJob.Result result) {
        List<String> notes = new ArrayList<>();
        if (result.observed()) {
            notes.add("everything is at the stage observe, at which nobody is told and nothing is done;"
                    + " look ahead with --stage enforce");
        }
        notes.addAll(result.failures());
        return notes;
    }

    private String assumed(ForecastJob.Result result) {
        PastReactions before = result.before();
        if (before == null) {
            return reactAfter == null ? "owners do nothing" : "owners react after " + Durations.write(reactAfter);
        }
        if (before.cases() == 0) {
            return "owners do nothing: the journal tells of no reaction yet";
        }
        Duration usual = before.usual();
        return "owners react as in " + (before.cases() == 1 ? "1 case" : before.cases() + " cases") + " before, "
                + (usual == null ? "half of which they let come" : "half of them within " + whole(usual))
                + (before.never() == 0 ? "" : "; " + before.never() + " of " + before.owners() + " let it come");
    }

    /** In days as people count them, or in hours where it was less than one. */
    private static String whole(Duration took) {
        long days = took.toDays() + (took.minusDays(took.toDays()).isZero() ? 0 : 1);
        return took.toDays() == 0 ? Math.max(1, took.toHours()) + " h" : days + " days";
    }
}
