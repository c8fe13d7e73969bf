package io.keyturn.app.cli;

import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.ExplainJob;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.Sought;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Spelling;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The one user or key that a command is about. */
final class SoughtOptions {
    static final String LABEL = "USER|KEY";
    static final String DESCRIPTION = "A user's name or ARN, a key ID, or its last four characters.";

    @Option(names = "--account", paramLabel = "ACCOUNT", description = "Look only into this account: number or name.")
    private @Nullable String account;

    private boolean around;

    /** The same that also looks for other automation. */
    SoughtOptions lookingAround() {
        around = true;
        return this;
    }

    /**
     * The one that fits.
     *
     * @param key the key that was asked for; null where a user was
     * @param unread whether some account could not be asked
     */
    record Found(UserStory story, @Nullable KeyId key, ExplainJob.Result result, boolean unread) {}

    /** What is done with it. */
    interface Work {
        int with(Found found) throws StoreFailure;
    }

    /** Looks on that ground, and works with the one that fits; else says who else may have been meant. */
    int find(String asked, Ground ground, Map<String, String> environment, CommandLine command, Work work)
            throws StoreFailure {
        Sought sought = sought(asked, command);
        ExplainJob job = new ExplainJob(ground.settings(), ground.environment(), InstantSource.system(), around);
        return new Runs(environment, command).watched(job.meter(), progress -> {
            AccountChoice choice = new AccountChoice(
                    account == null && sought.account() != null
                            ? sought.account().value()
                            : account);
            ExplainJob.Result result = job.run(sought, entry -> choice.takes(entry.id(), entry.label()));
            progress.close();
            return one(sought, choice, result, command, work);
        });
    }

    /**
     * What came of looking for the one.
     *
     * @param found null where there is none, or more than one
     * @param exit what the command ends with then
     */
    record Sole(@Nullable Found found, int exit) {}

    /** Looks for the one that fits and gives it back, to be worked with once the looking is over. */
    Sole sole(String asked, Ground ground, Map<String, String> environment, CommandLine command) throws StoreFailure {
        Found[] one = new Found[1];
        int exit = find(asked, ground, environment, command, found -> {
            one[0] = found;
            return 0;
        });
        return new Sole(one[0], exit);
    }

    private static Sought sought(String asked, CommandLine command) {
        try {
            return Sought.parse(asked);
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    private static int one(
            Sought sought, AccountChoice choice, ExplainJob.Result result, CommandLine command, Work work)
            throws StoreFailure {
        PrintWriter errors = command.getErr();
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
                    .forEach(story ->
                            errors.println("  " + command.getCommandSpec().qualifiedName() + " "
                                    + Safe.text(story.user().name().value()) + " --account "
                                    + story.account().id() + "     "
                                    + Safe.text(story.account().name())));
            return Keyturn.USAGE;
        }
        UserStory story = result.stories().getFirst();
        List<KeyId> keys = keys(sought, story);
        if (keys.size() > 1) {
            errors.println("keyturn: several keys of "
                    + Safe.text(story.user().name().value()) + " end in \"" + Safe.text(sought.text())
                    + "\"; name one by its whole ID");
            return Keyturn.USAGE;
        }
        return work.with(new Found(story, keys.isEmpty() ? null : keys.getFirst(), result, unread));
    }

    private static String number(String label) {
        int open = label.lastIndexOf('(');
        return open < 0 ? label : label.substring(open + 1, label.length() - 1);
    }

    private static String nobody(Sought sought, ExplainJob.Result result) {
        String near = Spelling.nearest(sought.text(), result.lookup().names());
        int accounts = result.lookup().accounts().size();
        return "no user or key \"" + sought.text() + "\" was found in "
                + (accounts == 1 ? "1 account; " : accounts + " accounts; ")
                + (near == null
                        ? "name a user, a key ID or its last four characters, as `keyturn scan --all` shows them"
                        : "did you mean \"" + near + "\"?");
    }

    /** The keys that were asked for; none where a user was. */
    private static List<KeyId> keys(Sought sought, UserStory story) {
        List<KeyId> fitting = new ArrayList<>();
        boolean asUser =
                sought.user() != null && sought.user().equals(story.user().name());
        for (KeyStory key : asUser ? List.<KeyStory>of() : story.keys()) {
            KeyId id = key.finding().credential().keyId();
            if (id != null && sought.isKey(id)) {
                fitting.add(id);
            }
        }
        return fitting;
    }
}
