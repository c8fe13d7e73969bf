package io.keyturn.app.cli;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.SlackUserList;
import io.keyturn.app.wiring.SlackUsersJob;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the members of a Slack workspace, whose IDs belong into owner tags. */
@Command(
        name = "slack-users",
        description = {
            "List the members of the Slack workspace with their IDs and mail addresses, for owner tags and files.",
            "The token is channels.slack.token of the configuration, else the environment's SLACK_TOKEN; it needs the"
                    + " scopes users:read and users:read.email. Nothing is sent."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn slack-users",
            "  keyturn slack-users --output csv > members.csv",
            "  keyturn slack-users --output json --config keyturn.yaml",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 not all members could be read."
        })
final class SlackUsersCommand implements Callable<Integer> {
    /** Forms of the result. */
    enum Form {
        TABLE,
        JSON,
        CSV
    }

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: keyturn.yaml in this folder, if it is there).")
    private @Nullable Path config;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "table, json or csv (default: ${DEFAULT-VALUE}).",
            defaultValue = "table")
    private Form form = Form.TABLE;

    @Mixin
    private ScreenOptions screen = new ScreenOptions();

    @Override
    public Integer call() throws StoreFailure {
        PrintWriter errors = spec.commandLine().getErr();
        SlackUsersJob job = new SlackUsersJob(
                Configuration.load(config, keyturn.environment, errors).acting(),
                keyturn.environment,
                InstantSource.system());
        try (Interruption watch = Interruption.watch()) {
            return watch.guard(errors, "nothing was printed", () -> {
                try {
                    return show(job.run(line -> errors.println("keyturn: " + line)), errors);
                } catch (SlackUsersJob.NoToken e) {
                    throw new BadConfiguration(String.valueOf(e.getMessage()));
                }
            });
        }
    }

    private int show(SlackUsersJob.Result result, PrintWriter errors) {
        PrintWriter out = spec.commandLine().getOut();
        SlackUserList list = new SlackUserList(result.users(), result.unread());
        switch (form) {
            case TABLE -> list.table(out, screen.screen(keyturn.environment));
            case JSON -> list.json(out);
            case CSV -> list.csv(out);
        }
        if (result.unread() == null) {
            return 0;
        }
        errors.println(
                "keyturn: this is not everybody: " + Safe.text(result.unread().sentence()));
        return Keyturn.NOT_READ;
    }
}
