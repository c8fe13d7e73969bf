package io.keyturn.app.cli;

import io.keyturn.app.config.ConfigExplain;
import io.keyturn.app.config.ConfigSchema;
import io.keyturn.app.config.Settings;
import io.keyturn.app.presets.Translation;
import io.keyturn.app.render.Safe;
import io.keyturn.engine.port.AccountSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks, writes and explains the configuration. */
@Command(
        name = "config",
        description = "Check, write or explain the configuration file, or print its schema.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  keyturn config init",
            "  keyturn config check --config keyturn.yaml",
            "  keyturn config explain",
            "  keyturn config import --preset sentry",
            "  keyturn config schema",
            "",
            "Exit codes: 0 done, 2 usage or configuration."
        })
final class ConfigCommand implements Runnable {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "say what to do: check, init, import, explain or schema");
    }

    @Command(
            name = "check",
            description = "Report every problem of the file at once, with line and column.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  keyturn config check --config keyturn.yaml",
                "",
                "Exit codes: 0 done, 2 usage or configuration."
            })
    int check(
            @Option(names = "--config", paramLabel = "FILE", description = FILE) @Nullable Path file,
            @Option(
                            names = "--secrets",
                            description = "Also look whether each secret that this machine holds is there.")
                    boolean secrets) {
        Path read = file == null ? Configuration.USUAL : file;
        Configuration.check(read, keyturn.environment, spec.commandLine().getErr(), secrets);
        spec.commandLine().getOut().println(Safe.text(read.toString()) + ": no problem found");
        return 0;
    }

    /** Forms in which the effective configuration is shown. */
    enum Form {
        TABLE,
        JSON
    }

    @Command(
            name = "explain",
            description = "Show every value of the effective configuration, and where it comes from.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  keyturn config explain --output json",
                "",
                "Exit codes: 0 done, 2 usage or configuration."
            })
    int explain(
            @Option(names = "--config", paramLabel = "FILE", description = FILE) @Nullable Path file,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FORM",
                            description = "table or json (default: ${DEFAULT-VALUE}).",
                            defaultValue = "table")
                    Form form) {
        Settings settings = Configuration.check(
                file, keyturn.environment, spec.commandLine().getErr(), false);
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case TABLE ->
                ConfigExplain.table(ConfigExplain.tree(settings)).forEach(line -> out.println(Safe.text(line)));
            case JSON -> out.println(ConfigExplain.tree(settings).toPrettyString());
        }
        out.flush();
        return 0;
    }

    @Command(
            name = "schema",
            description = "Print the JSON Schema of the file, for editors.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  keyturn config schema > keyturn.schema.json",
                "",
                "Exit codes: 0 done, 2 usage."
            })
    int schema() {
        spec.commandLine().getOut().print(ConfigSchema.text());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "import",
            description = {
                "Print the configuration that does what an earlier tool does with its settings of now, and what would be better.",
                "It reads that tool's own environment, as `keyturn run --preset` does, and nothing else."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  key_age=90 SecOpsTopicArn=arn:aws:sns:eu-central-1:111122223333:keys \\",
                "    keyturn config import --preset sentry > keyturn.yaml",
                "",
                "Exit codes: 0 done, 2 usage, or settings that cannot be used."
            })
    int importing(
            @Option(
                            names = "--preset",
                            paramLabel = "NAME",
                            required = true,
                            description = "The tool: keycheck, rotator, sentry or sleuth.")
                    String preset,
            @Parameters(paramLabel = "ARGUMENT", arity = "0..*", hidden = true) @Nullable List<String> arguments) {
        Translation translation =
                PresetRuns.translation(preset, arguments == null ? List.of() : arguments, keyturn.environment);
        translation.remarks().forEach(remark -> spec.commandLine().getErr().println("keyturn: " + Safe.text(remark)));
        spec.commandLine().getOut().print(translation.file());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "init",
            description = {
                "Write a commented file to start from, fitted to the accounts that your credentials see.",
                "It only reads. A file that is there stays, unless --force is given."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  keyturn config init --organization",
                "",
                "Exit codes: 0 written, 2 usage, or the file is there or cannot be written."
            })
    int init(
            @Option(names = "--config", paramLabel = "FILE", description = "Where to write it (default: keyturn.yaml).")
                    @Nullable
                    Path file,
            @Option(
                            names = "--organization",
                            paramLabel = "ROLE",
                            arity = "0..1",
                            fallbackValue = "keyturn-read",
                            description = "For every account of the organization, read by this role"
                                    + " (default: ${FALLBACK-VALUE}).")
                    @Nullable
                    String organizationRole,
            @Option(names = "--profile", paramLabel = "NAME", description = "For the account of this AWS profile.")
                    @Nullable
                    String profile,
            @Option(names = "--force", description = "Replace a file that is there.") boolean force)
            throws InterruptedException {
        Path written = file == null ? Configuration.USUAL : file;
        AccountSource source = organizationRole != null
                ? new AccountSource.Organization(organizationRole, null, List.of(), List.of(), Set.of(), false)
                : profile != null
                        ? new AccountSource.Profile(profile, null, false)
                        : new AccountSource.Ambient(null, false);
        return new InitRun(keyturn.environment, spec.commandLine()).run(written, source, force);
    }

    private static final String FILE = "The configuration (default: keyturn.yaml in this folder, if it is there).";
}
