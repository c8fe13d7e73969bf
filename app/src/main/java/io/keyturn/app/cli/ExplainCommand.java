package io.keyturn.app.cli;

import io.keyturn.app.render.Safe;
import io.keyturn.app.render.StoryJson;
import io.keyturn.app.render.StoryText;
import io.keyturn.app.wiring.ExplainJob;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.Sought;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Spelling;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

    @Parameters(paramLabel = "USER|KEY", description = "A user's name or ARN, a key ID, or its last four characters.")
    private String asked = "";

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Look only into this account: number or name.")
    private @Nullable String account;

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
        Sought sought;
        try {
            sought = Sought.parse(asked);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        PrintWriter errors = spec.commandLine().getErr();
        try (Ground ground = source.ground(keyturn.environment, errors)) {
            ExplainJob job = new ExplainJob(ground.settings(), ground.environment(), InstantSource.system());
            return new Runs(keyturn.environment, spec.commandLine()).watched(job.meter(), progress -> {
                AccountChoice choice = choice(sought);
                ExplainJob.Result result = job.run(sought, entry -> choice.takes(entry.id(), entry.label()));
                progress.close();
                return show(sought, choice, result);
            });
        }
    }

    private AccountChoice choice(Sought sought) {
        return new AccountChoice(
                account == null && sought.account() != null ? sought.account().value() : account);
    }

    private int show(Sought sought, AccountChoice choice, ExplainJob.Result result) {
        PrintWriter errors = spec.commandLine().getErr();
        result.lookup().failures().forEach(failure -> errors.println("keyturn: " + Safe.text(failure)));
        if (choice.text() != null
                && result.lookup().accounts().stream().noneMatch(label -> choice.takes(number(label), label))) {
            throw new BadConfiguration(choice.unknown(result.lookup().accounts()));
        }
        boolean unread = !result.lookup().failures().isEmpty();
        if (result.stories().isEmpty()) {
            errors.println("keyturn: " + Safe.text(nobody(sought, result)));
            return unread ? Keyturn.NOT_READ : Keyturn.USAGE;
        }
        if (result.stories().size() > 1) {
            errors.println("keyturn: several fit \"" + Safe.text(sought.text()) + "\"; say which:");
            result.stories()
                    .forEach(story -> errors.println("  keyturn explain "
                            + Safe.text(story.user().name().value()) + " --account "
                            + story.account().id() + "     "
                            + Safe.text(story.account().name())));
            return Keyturn.USAGE;
        }
        UserStory story = result.stories().getFirst();
        print(story, only(sought, story));
        return unread || unknown(story) ? Keyturn.NOT_READ : 0;
    }

    private void print(UserStory story, @Nullable KeyId only) {
        PrintWriter out = spec.commandLine().getOut();
        switch (form) {
            case TEXT -> new StoryText(out, screen.screen(keyturn.environment)).print(story, only);
            case JSON -> {
                StoryJson.write(out, story, only);
                out.println();
                out.flush();
            }
        }
    }

    private static String number(String label) {
        int open = label.lastIndexOf('(');
        return open < 0 ? label : label.substring(open + 1, label.length() - 1);
    }

    private static String nobody(Sought sought, ExplainJob.Result result) {
        String near = Spelling.nearest(sought.text(), result.lookup().names());
        return "no user or key \"" + sought.text() + "\" was found in "
                + result.lookup().accounts().size() + " accounts; "
                + (near == null
                        ? "name a user, a key ID or its last four characters, as `keyturn scan --all` shows them"
                        : "did you mean \"" + near + "\"?");
    }

    /** The key that was asked for; null where a user was. */
    private static @Nullable KeyId only(Sought sought, UserStory story) {
        if (sought.user() != null && sought.user().equals(story.user().name())) {
            return null;
        }
        List<KeyId> fitting = new ArrayList<>();
        for (KeyStory key : story.keys()) {
            KeyId id = key.finding().credential().keyId();
            if (id != null && sought.isKey(id)) {
                fitting.add(id);
            }
        }
        return fitting.size() == 1 ? fitting.getFirst() : null;
    }

    /** Whether something that the judgement needs was not answered. */
    private static boolean unknown(UserStory story) {
        return story.keys().stream().anyMatch(key -> key.finding().standing() == Standing.UNKNOWN)
                || !(story.user().keys() instanceof Fact.Known<?>);
    }
}
