package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.Decided;
import io.keyturn.core.explain.UserStory;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Hold;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command by which a person holds one user or key back, or lets it go again. */
abstract class HoldCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Parameters(paramLabel = SoughtOptions.LABEL, description = SoughtOptions.DESCRIPTION)
    private String asked = "";

    @Mixin
    private SoughtOptions sought = new SoughtOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    WhoAndWhy decision = new WhoAndWhy();

    /** Decides it about {@code scope}, which is the user or key of {@code found}. */
    abstract void decide(Decisions decisions, Scope scope, SoughtOptions.Found found, String who)
            throws StoreFailure, Refused;

    /** What is decided, as the first word of what is said then. */
    abstract String done();

    @Override
    public Integer call() throws StoreFailure, Refused {
        CommandLine command = spec.commandLine();
        Settings settings = source.settings(keyturn.environment, command.getErr());
        SoughtOptions.Found[] one = new SoughtOptions.Found[1];
        Ground ground = Ground.configured(settings, keyturn.environment);
        int exit = sought.find(asked, ground, keyturn.environment, command, found -> {
            one[0] = found;
            return 0;
        });
        SoughtOptions.Found found = one[0];
        if (found == null) {
            return exit;
        }
        UserStory story = found.story();
        KeyId key = found.key();
        Target target =
                new Target(story.account().id(), story.user().id(), story.user().name(), key);
        Decided decided = new Decided(settings, keyturn.environment, InstantSource.system());
        decided.make(
                decisions -> decide(decisions, new Scope.OfTarget(target), found, decision.who(keyturn.environment)));
        List<Hold> holds = decided.holds(target);
        PrintWriter out = command.getOut();
        out.println(done() + ": " + Safe.text(target.name().value()) + (key == null ? "" : " · " + key.lastFour())
                + " · " + Safe.text(story.account().name())
                + (holds.isEmpty() ? ": nothing holds it back any more" : ""));
        holds.forEach(hold -> out.println("  " + Safe.text(hold.sentence())));
        out.flush();
        return 0;
    }
}
