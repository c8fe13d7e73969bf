package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.CompromiseText;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.CompromiseJob;
import io.keyturn.app.wiring.CompromiseJob.End;
import io.keyturn.app.wiring.Identity;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.User;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.Aftermath;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The short way of a key that is in others' hands. */
@Command(
        name = "compromised",
        description = {
            "A key is in others' hands: switch it off now, without a successor and without a notice; wait 30 seconds, and"
                    + " show what else its user can log in with.",
            "Saying so is the approval, under the name that AWS gives you. Stage, caps, freezes, exemptions and `keyturn"
                    + " stop` hold; where the configuration asks for two, another person says it too.",
            "No later run brings the key back or makes a successor for its user to fetch. What AWS attached stays."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn compromised X6QM --why \"in a public repository\"",
            "  keyturn compromised t.ibe --why \"AWS quarantined it\"",
            "",
            "Exit codes: 0 off and all was looked at, 2 nobody or several found, or refused, 3 something failed or could"
                    + " not be read, 4 something that bounds every run holds a key."
        })
final class CompromisedCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(
            paramLabel = "KEY|USER",
            description = "A key ID or its last four characters; a user means all its keys.")
    private String asked = "";

    @Mixin
    private SoughtOptions sought = new SoughtOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why; kept in the journal.")
    private String why = "";

    @Override
    public Integer call() throws StoreFailure, Refused {
        CommandLine command = spec.commandLine();
        Settings settings = source.settings(keyturn.environment, command.getErr());
        Ground ground = Ground.configured(settings, keyturn.environment);
        SoughtOptions.Sole sole = sought.sole(asked, ground, keyturn.environment, command);
        SoughtOptions.Found one = sole.found();
        if (one == null) {
            return sole.exit();
        }
        List<KeyId> keys = keys(one);
        if (keys.isEmpty()) {
            command.getErr()
                    .println("keyturn: " + Safe.text(one.story().user().name().value())
                            + " has no key that could be switched off");
            return Keyturn.USAGE;
        }
        try {
            return respond(settings, one.story(), keys);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            command.getErr().println("keyturn: interrupted; run it once more to know how far it came");
            return Runs.INTERRUPTED;
        } finally {
            command.getOut().flush();
        }
    }

    private static List<KeyId> keys(SoughtOptions.Found found) {
        if (found.key() != null) {
            return List.of(found.key());
        }
        List<KeyId> keys = new ArrayList<>();
        for (KeyStory key : found.story().keys()) {
            KeyId id = key.finding().credential().keyId();
            if (id != null) {
                keys.add(id);
            }
        }
        return keys;
    }

    private int respond(Settings settings, UserStory story, List<KeyId> keys)
            throws StoreFailure, Refused, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        String user = Safe.text(story.user().name().value());
        CompromiseJob job = new CompromiseJob(settings, keyturn.environment, InstantSource.system(), keyturn.pause);
        Identity who = Identity.here(settings, keyturn.environment, InstantSource.system());
        Map<KeyId, Compromise> said = job.declare(story, keys, who.name(), why);
        out.println("compromised: " + user + " · " + Safe.text(story.account().name()) + ": " + Safe.text(why));
        out.println("  by " + Safe.text(who.name()) + " (so says " + who.how() + ")");
        out.flush();
        int exit = 0;
        boolean cut = false;
        for (Map.Entry<KeyId, End> end : job.cut(story, keys).entrySet()) {
            exit = Math.max(exit, tell(end.getKey(), end.getValue(), out));
            cut |= end.getValue() instanceof End.Off;
        }
        job.told().forEach(sentence -> out.println("  " + Safe.text(sentence)));
        out.println();
        out.println((cut ? "30 seconds later " : "Now ") + user + " has:");
        out.flush();
        Aftermath aftermath = job.look(story, keys, cut);
        CompromiseText text = new CompromiseText(out);
        text.aftermath(aftermath);
        User now = aftermath.user();
        text.policies(
                story.account(),
                now == null ? story.user() : now,
                InstantSource.system().instant());
        said.forEach((key, compromise) -> out.println("If " + key.lastFour()
                + " is safe after all: keyturn undo " + key.lastFour() + " --compromise " + compromise.id()
                + " --why TEXT"));
        boolean whole = CompromiseText.isWhole(aftermath);
        return whole ? exit : Math.max(exit, Keyturn.NOT_READ);
    }

    private static int tell(KeyId key, End end, PrintWriter out) {
        String name = key.lastFour();
        return switch (end) {
            case End.Off() -> said(out, "switched off      " + name, 0);
            case End.WasOff() -> said(out, "off already       " + name, 0);
            case End.Held(String why) ->
                said(
                        out,
                        "NOT switched off  " + name + ": " + Safe.text(why) + "; until then it works",
                        Keyturn.STOPPED);
            case End.Failed(String why) ->
                said(out, "NOT switched off  " + name + ": " + Safe.text(why), Keyturn.NOT_READ);
        };
    }

    private static int said(PrintWriter out, String line, int exit) {
        out.println(line);
        out.flush();
        return exit;
    }
}
