package io.keyturn.app.cli;

import io.keyturn.app.presets.Presets;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads, plans, carries out and reports, without asking. */
@Command(
        name = "run",
        description = {
            "Read, plan, carry out what is due, and report: for schedulers.",
            "How far it goes in an account, the stages of the configuration say; without them it only looks.",
            "With --preset it stands in for an earlier tool: it reads that tool's own environment, prints what the tool"
                    + " prints, and writes no file. KEYTURN_STOP, set to anything, then stops every change and message.",
            "With --compare it runs beside that tool, sends and changes nothing, and prints what it would have done otherwise."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn run",
            "  keyturn run --dry-run",
            "  keyturn run --only remind",
            "  keyturn run --shard 2/10",
            "  keyturn run --metrics-file /var/lib/prometheus/node-exporter/keyturn.prom",
            "  key_age=90 SecOpsTopicArn=arn:aws:sns:eu-central-1:111122223333:keys keyturn run --preset sentry",
            "  dump_metric_to_console=True keyturn run --preset keycheck production",
            "  WARNING_AGE=80 ENABLE_AUTO_EXPIRE=true keyturn run --preset sleuth --compare",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 something could not be read or done, 4 stopped."
        })
final class RunCommand extends ActCommand {
    /** Options that mean something beside a preset, whose settings come from its environment. */
    private static final Set<String> BESIDE = Set.of("--preset", "--dry-run", "--time-limit");

    /** Options that mean something beside a comparison. */
    private static final Set<String> COMPARING =
            Set.of("--preset", "--compare", "--compare-with", "--output", "--time-limit");

    @Option(names = "--dry-run", description = "Show the plan and change nothing.")
    private boolean dryRun;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description =
                    "Stand in for this tool: keycheck, rotator, sentry or sleuth (default: what KEYTURN_PRESET names, if it is set and no"
                            + " --config is given).")
    @Nullable
    private String preset;

    @Option(
            names = "--compare",
            description =
                    "With --preset: run beside the tool, do nothing, and print as table or json what differs from what it did.")
    private boolean compare;

    @Option(
            names = "--compare-with",
            paramLabel = "FILE",
            description = "With --preset sentry: compare with this list, as sentry returned or mailed it.")
    @Nullable
    private Path published;

    @Parameters(paramLabel = "ARGUMENT", arity = "0..*", hidden = true)
    private List<String> arguments = List.of();

    @Override
    boolean approves(Plan plan) {
        return !dryRun;
    }

    @Override
    boolean attended() {
        return dryRun;
    }

    @Override
    public Integer call() throws StoreFailure {
        CommandLine.ParseResult given = spec.commandLine().getParseResult();
        String name = preset != null
                ? preset
                : given.hasMatchedOption("--config")
                        ? null
                        : Presets.selected(environment()).orElse(null);
        boolean comparing = compare || published != null;
        if (name == null && comparing) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--compare is with an earlier tool: name it with --preset keycheck, rotator, sentry or sleuth");
        }
        if (name == null) {
            if (!arguments.isEmpty()) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "no argument is known here: \"" + arguments.getFirst() + "\"");
            }
            return super.call();
        }
        for (OptionSpec option : given.matchedOptionsSet()) {
            if (!(comparing ? COMPARING : BESIDE).contains(option.longestName())) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(),
                        option.longestName() + " has no meaning with "
                                + (comparing
                                        ? "--compare, which does nothing and shows all"
                                        : "the preset " + name + ", whose settings are in its own environment"));
            }
        }
        if (comparing) {
            return new ComparisonRuns(environment(), spec.commandLine())
                    .run(name, arguments, output, published, survey.limit());
        }
        return new PresetRuns(environment(), spec.commandLine()).run(name, arguments, dryRun, survey.limit());
    }
}
