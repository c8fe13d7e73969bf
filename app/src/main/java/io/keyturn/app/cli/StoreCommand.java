package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Safe;
import io.keyturn.app.wiring.Stores;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes the store that the configuration names. */
@Command(
        name = "store",
        description = "Make the store of the configuration: what was done, said and decided is written there.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  keyturn store create --store keyturn.db",
            "",
            "Exit codes: 0 done, 2 usage or configuration, 3 the store could not be made."
        })
final class StoreCommand implements Runnable {
    @CommandLine.ParentCommand
    private Keyturn keyturn = new Keyturn(Map.of());

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
    }

    /** Makes it where it is missing. */
    @Command(
            name = "create",
            description = {
                "Make the store where it is missing: a table of DynamoDB, protected from deletion, with point-in-time",
                "recovery; or a file. One that is there is looked at and left as it is."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  keyturn store create --store keyturn.db",
                "",
                "A table takes dynamodb:CreateTable and dynamodb:UpdateContinuousBackups, once.",
                "",
                "Exit codes: 0 it is there, 2 usage or configuration, 3 it could not be made."
            })
    int create(@Mixin StoreOptions where) throws StoreFailure {
        CommandLine command = spec.commandLine();
        PrintWriter errors = command.getErr();
        Settings settings = where.settings(keyturn.environment, errors);
        Stores.make(settings, keyturn.environment)
                .ifPresent(warning -> errors.println("keyturn: " + Safe.text(warning)));
        command.getOut().println("ready: " + Safe.text(settings.store().toString()));
        command.getOut().flush();
        return 0;
    }
}
