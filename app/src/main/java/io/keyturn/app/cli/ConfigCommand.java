package io.keyturn.app.cli;

import io.keyturn.app.config.ConfigExplain;
import io.keyturn.app.config.ConfigInit;
import io.keyturn.app.config.ConfigSchema;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Safe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

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
            "  keyturn config schema"
        })
final class ConfigCommand implements Runnable {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: check, init, explain or schema");
    }

    @Command(
            name = "check",
            description = "Report every problem of the file at once, with line and column.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  keyturn config check --config keyturn.yaml"})
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
            footer = {"", "Example:", "  keyturn config explain --output json"})
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
            footer = {"", "Example:", "  keyturn config schema > keyturn.schema.json"})
    int schema() {
        spec.commandLine().getOut().print(ConfigSchema.text());
        spec.commandLine().getOut().flush();
        return 0;
    }

    @Command(
            name = "init",
            description = "Write a commented file to start from; a file that is there is never replaced.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  keyturn config init --organization"})
    int init(
            @Option(names = "--config", paramLabel = "FILE", description = "Where to write it (default: keyturn.yaml).")
                    @Nullable
                    Path file,
            @Option(names = "--organization", description = "For every account of the organization.")
                    boolean organization) {
        Path written = file == null ? Configuration.USUAL : file;
        try {
            Files.writeString(
                    written,
                    ConfigInit.commented(null, null, organization),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new BadConfiguration(written + " is there already and is left as it is; name another with --config");
        } catch (IOException e) {
            throw new BadConfiguration("could not write " + written + ": " + e.getMessage());
        }
        spec.commandLine().getOut().println("wrote " + written + "; check it with: keyturn config check");
        return 0;
    }

    private static final String FILE = "The configuration (default: keyturn.yaml in this folder, if it is there).";
}
