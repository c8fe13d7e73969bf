package io.keyturn.app.cli;

import io.keyturn.app.config.Fingerprint;
import io.keyturn.app.config.Settings;
import io.keyturn.app.planfile.BadPlan;
import io.keyturn.app.planfile.PlanFile;
import io.keyturn.app.planfile.PlanFileReader;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.Decided;
import io.keyturn.app.wiring.Identity;
import io.keyturn.core.explain.Awaited;
import io.keyturn.core.explain.KeyStory;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Approved;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person approves a plan, or the step that a user or key waits for. */
@Command(
        name = "approve",
        description = {
            "Approve a plan, or the step that a user's keys or one key wait for: where the configuration says approval: one"
                    + " or two, or a rotation waits for a decision.",
            "It counts for exactly that plan, or that step of that key, for three days, under the name that AWS gives"
                    + " you, else your system. Nobody counts twice."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  keyturn approve plan.json --why \"reviewed with finance\"",
            "  keyturn approve billing-reader --why \"owner agreed\"",
            "  keyturn approve K4TD --why \"the old key may go\"",
            "",
            "Exit codes: 0 approved, 2 nothing there to approve, or refused, 3 something needed could not be read."
        })
final class ApproveCommand implements Callable<Integer> {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(
            paramLabel = "PLAN|USER|KEY",
            description = "A plan's file or whole hash; a user's name or ARN, a key ID, or its last four characters.")
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
        Instant now = InstantSource.system().instant();
        if (HASH.matcher(asked).matches()) {
            return plan(settings, asked, now.plus(PlanFile.VALID));
        }
        if (asked.endsWith(".json") || asked.contains("/") && !asked.startsWith("arn:")) {
            try {
                PlanFile plan = PlanFileReader.read(Path.of(asked), Fingerprint.of(settings), now);
                return plan(settings, plan.hash(), plan.validUntil());
            } catch (BadPlan e) {
                throw new BadConfiguration(String.valueOf(e.getMessage()).replace("not applied", "not approved"));
            }
        }
        Ground ground = Ground.configured(settings, keyturn.environment);
        SoughtOptions.Sole sole = sought.sole(asked, ground, keyturn.environment, command);
        return sole.found() == null ? sole.exit() : steps(settings, sole.found(), now);
    }

    private int plan(Settings settings, String hash, Instant until) throws StoreFailure, Refused {
        Identity who = identity(settings);
        Decided decided = new Decided(settings, keyturn.environment, InstantSource.system());
        decided.make(decisions -> decisions.approve(new Scope.OfPlan(hash), null, who.name(), why, until));
        List<Approved> approved = decided.approvals(hash);
        say("plan " + hash.substring(0, 4) + " " + hash.substring(4, 8), who, settings, approved, until);
        return 0;
    }

    private int steps(Settings settings, SoughtOptions.Found found, Instant now) throws StoreFailure, Refused {
        UserStory story = found.story();
        Instant until = now.plus(PlanFile.VALID);
        Identity who = null;
        Decided decided = new Decided(settings, keyturn.environment, InstantSource.system());
        for (KeyStory key : story.keys()) {
            KeyId id = key.finding().credential().keyId();
            if (id == null || (found.key() != null && !found.key().equals(id))) {
                continue;
            }
            String name = Safe.text(story.user().name().value()) + " · " + id.lastFour() + " · "
                    + Safe.text(story.account().name());
            Awaited awaited = Awaited.of(key, settings.acting().approval(), PlanFile.VALID, now);
            Step step = awaited.step();
            if (step == null) {
                spec.commandLine()
                        .getErr()
                        .println("keyturn: nothing of " + name + " waits: " + Safe.text(awaited.why()));
                continue;
            }
            who = who == null ? identity(settings) : who;
            Target target = new Target(
                    story.account().id(), story.user().id(), story.user().name(), id);
            String by = who.name();
            decided.make(decisions -> decisions.approve(new Scope.OfTarget(target), step, by, why, until));
            say(step.label() + " of " + name, who, settings, decided.approvals(target, step), until);
        }
        if (who == null && story.keys().isEmpty()) {
            spec.commandLine().getErr().println("keyturn: the user has no key that could wait for an approval");
        }
        return who == null ? Keyturn.USAGE : 0;
    }

    private Identity identity(Settings settings) {
        try {
            return Identity.here(settings, keyturn.environment, InstantSource.system());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BadConfiguration("interrupted; nothing was approved");
        }
    }

    private void say(String what, Identity who, Settings settings, List<Approved> approved, Instant until) {
        PrintWriter out = spec.commandLine().getOut();
        Approval asked = settings.acting().approval();
        int people = Approval.people(approved.stream().map(Approved::by).toList());
        String count = asked.needed() == 0
                ? ""
                : people >= asked.needed()
                        ? "; that suffices"
                        : "; " + people + " of " + asked.needed() + ": another person must approve it too";
        out.println("approved: " + what + ", " + Hold.until(until) + count);
        out.println("  by " + Safe.text(who.name()) + " (so says " + who.how() + ")");
        out.flush();
    }
}
