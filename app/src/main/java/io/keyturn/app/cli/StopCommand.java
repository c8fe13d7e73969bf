package io.keyturn.app.cli;

import io.keyturn.app.wiring.Decided;
import io.keyturn.engine.port.StoreFailure;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** No worker starts a change any more, wherever it runs, until you resume. */
@Command(
        name = "stop",
        description = "No worker starts a change any more, wherever it runs, until you resume.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  keyturn stop --why \"incident 42\""})
final class StopCommand implements Callable<Integer> {
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
        Decided.at(settings, InstantSource.system(), decisions -> decisions.stop(who, decision.why));
        return 0;
    }
}
