package io.keyturn.app.cli;

import io.keyturn.app.render.StoryJson;
import io.keyturn.app.render.StoryText;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the whole story of one user's keys, or of one key. */
@Command(
        name = "explain",
        description =
                "Tell the whole story of one user's keys, or of one key: what is known and how fresh, whose it is,"
                        + " which policy governs it and why no earlier one, what comes next. It is read live.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn explain --demo build-agent-40",
            "  keyturn explain --demo build-agent-40 --output json",
            "  keyturn explain deploy --account production",
            "  keyturn explain arn:aws:iam::111122223333:user/deploy",
            "",
            "Exit codes: 0 done, 2 nobody or several found, 3 something needed could not be read."
        })
final class ExplainCommand implements Callable<Integer> {
    /** Forms of the result. */
    enum Form {
        TEXT,
        JSON
    }

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(paramLabel = SoughtOptions.LABEL, description = SoughtOptions.DESCRIPTION)
    private String asked = "";

    @Mixin
    private SoughtOptions sought = new SoughtOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "text or json (default: ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private Form form = Form.TEXT;

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private ScreenOptions screen = new ScreenOptions();

    @Override
    public Integer call() throws StoreFailure {
        CommandLine command = spec.commandLine();
        try (Ground ground = source.ground(keyturn.environment, command.getErr())) {
            return sought.lookingAround().find(asked, ground, keyturn.environment, command, found -> {
                print(found);
                return found.unread() || unknown(found.story()) ? Keyturn.NOT_READ : 0;
            });
        }
    }

    private void print(SoughtOptions.Found found) {
        PrintWriter out = spec.commandLine().getOut();
        UserStory story = found.story();
        List<Entry> past = found.result().past();
        switch (form) {
            case TEXT ->
                new StoryText(out, screen.screen(keyturn.environment))
                        .print(story, found.key(), past, found.result().around());
            case JSON -> {
                StoryJson.write(out, story, found.key(), past, found.result().around());
                out.println();
                out.flush();
            }
        }
    }

    /** Whether something that the judgement needs was not answered. */
    private static boolean unknown(UserStory story) {
        return story.keys().stream().anyMatch(key -> key.finding().standing() == Standing.UNKNOWN)
                || !(story.user().keys() instanceof Fact.Known<?>);
    }
}
