package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.NotifyJob;
import io.keyturn.app.words.BuiltIn;
import io.keyturn.app.words.Kind;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.StoreFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows, tries and changes what people are told. */
@Command(
        name = "notify",
        description = {"Show what owners are told, try a channel out, and begin templates of your own."},
        mixinStandardHelpOptions = true,
        subcommands = PreviewCommand.class,
        synopsisSubcommandLabel = "(preview | test | templates)",
        footer = {
            "",
            "Examples:",
            "  keyturn notify preview",
            "  keyturn notify preview --channel slack --kind delivered",
            "  keyturn notify test email --to ann@example.com",
            "  keyturn notify templates my-templates",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 the message was not taken, or nobody knows."
        })
final class NotifyCommand implements Runnable {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "say what to do: preview, test or templates");
    }

    /** Where the configuration is. */
    private static final class ConfigOption {
        @Option(
                names = "--config",
                paramLabel = "FILE",
                description = "The configuration (default: keyturn.yaml in this folder, if it is there).")
        private @Nullable Path config;
    }

    private NotifyJob job(ConfigOption config) {
        Settings settings = Configuration.load(
                config.config, keyturn.environment, spec.commandLine().getErr());
        return new NotifyJob(settings, keyturn.environment, InstantSource.system());
    }

    /** The environment of the process. */
    Map<String, String> environment() {
        return keyturn.environment;
    }

    private static BadConfiguration noSuchChannel(NotifyJob job, String name) {
        return noSuchChannel(job, name, "");
    }

    /** @param more what else can be done, after a comma */
    static BadConfiguration noSuchChannel(NotifyJob job, String name, String more) {
        List<String> names = job.ways();
        return new BadConfiguration((names.isEmpty()
                        ? "no channel is configured; write channels into keyturn.yaml"
                        : "no channel \"" + Safe.text(name) + "\" is configured; there is " + String.join(", ", names))
                + more);
    }

    /** The words for kinds. */
    static final class Kinds implements Iterable<String>, CommandLine.ITypeConverter<Kind> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Kind.values()).map(Kind::label).iterator();
        }

        @Override
        public Kind convert(String value) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.label().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "\"" + value + "\" is no kind of message;" + " there is " + String.join(", ", this)));
        }
    }

    @Command(
            name = "test",
            description = {"Send one message by a channel that says of itself that it is a trial."},
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  keyturn notify test slack --to U0FERNHILL1",
                "",
                "Exit codes: 0 sent, 2 usage or configuration, 3 not taken, or nobody knows."
            })
    int test(
            @CommandLine.Mixin ConfigOption config,
            @Parameters(
                            paramLabel = "CHANNEL",
                            description =
                                    "Such as slack, email, sns, webhook or teams; jira files a ticket and closes it,"
                                            + " pagerduty raises an alarm and ends it.")
                    String channel,
            @Option(
                            names = "--to",
                            paramLabel = "RECIPIENT",
                            description =
                                    "A mail address, or a Slack ID or channel; nobody where the channel has one target.",
                            defaultValue = "")
                    String to)
            throws StoreFailure {
        NotifyJob job = job(config);
        PrintWriter errors = spec.commandLine().getErr();
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(errors, "whether the message went out is not known", () -> {
                Optional<Channel.Sending> sending = job.trial(channel, to);
                return told(sending.orElseThrow(() -> noSuchChannel(job, channel)), channel);
            });
        }
    }

    private int told(Channel.Sending sending, String channel) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter errors = spec.commandLine().getErr();
        switch (sending) {
            case Channel.Sending.Taken taken -> {
                String reference = taken.reference() == null ? "" : ", as " + Safe.text(taken.reference());
                out.println(channel + " took it" + reference + ": "
                        + taken.placement()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', '-'));
                return 0;
            }
            case Channel.Sending.Unreachable(var problem) ->
                errors.println("keyturn: " + Safe.text(problem.sentence()));
            case Channel.Sending.Refused(var problem) -> errors.println("keyturn: " + Safe.text(problem.sentence()));
            case Channel.Sending.InDoubt(var problem) ->
                errors.println("keyturn: nobody knows whether it went out: " + Safe.text(problem.sentence()));
        }
        return Keyturn.NOT_READ;
    }

    @Command(
            name = "templates",
            description = {
                "Write Keyturn's own templates into a folder, to change what you like and delete the rest:",
                "notices.templates in the configuration names the folder. Files that are there are left alone."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  keyturn notify templates my-templates",
                "",
                "Exit codes: 0 done, 2 the folder cannot be written."
            })
    int templates(@Parameters(paramLabel = "FOLDER", description = "Where to.") Path folder) {
        List<String> written = new ArrayList<>();
        String file = String.valueOf(folder);
        try {
            Files.createDirectories(folder);
            for (String name : BuiltIn.names()) {
                file = String.valueOf(folder.resolve(name));
                if (!Files.exists(folder.resolve(name))) {
                    Files.writeString(folder.resolve(name), BuiltIn.text(name), StandardOpenOption.CREATE_NEW);
                    written.add(name);
                }
            }
        } catch (IOException e) {
            throw new BadConfiguration(
                    "could not write " + Safe.text(file) + ": " + e.getClass().getSimpleName() + ", "
                            + Safe.text(String.valueOf(e.getMessage())) + "; name a folder that can be written");
        }
        spec.commandLine()
                .getOut()
                .println(written.isEmpty() ? "all templates are there already" : "wrote " + String.join(", ", written));
        return 0;
    }
}
