package io.keyturn.app.cli;

import io.keyturn.app.wiring.Decided;
import io.keyturn.engine.port.StoreFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Changes may start again after a stop. */
@Command(
        name = "resume",
        description = "Changes may start again after a stop.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  keyturn resume --why \"incident 42 is over\""})
final class ResumeCommand implements Callable<Integer> {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Mixin
    private WhoAndWhy decision = new WhoAndWhy();

    @Override
    public Integer call() throws StoreFailure {
        String who = decision.who(keyturn.environment);
        var settings = store.settings(keyturn.environment, spec.commandLine().getErr());
        Decided.at(settings, InstantSource.system(), decisions -> decisions.resume(who, decision.why));
        return 0;
    }
}
