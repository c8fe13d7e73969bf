package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.Decided;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.StoreFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** A command by which a person decides something. */
abstract class DecisionCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private WhoAndWhy decision = new WhoAndWhy();

    /** Decides it. */
    abstract void decide(Decisions decisions, String who, String why) throws StoreFailure, Refused;

    /** What is so now, as a sentence. */
    abstract String done();

    @Override
    public Integer call() throws StoreFailure, Refused {
        String who = decision.who(keyturn.environment);
        Settings settings =
                store.settings(keyturn.environment, spec.commandLine().getErr());
        new Decided(settings, keyturn.environment, InstantSource.system())
                .make(decisions -> decide(decisions, who, decision.why));
        spec.commandLine().getOut().println(done());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
