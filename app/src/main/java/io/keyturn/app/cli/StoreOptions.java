package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the configuration is, and the store: what was done, said and decided. */
final class StoreOptions {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration (default: keyturn.yaml in this folder, if it is there).")
    @Nullable
    Path config;

    @Option(
            names = "--store",
            paramLabel = "FILE",
            description = {
                "The journal of what was done, said and decided; learnt key IDs are kept beside it",
                "(default: as configured, else in ~/.local/state/keyturn)."
            })
    @Nullable
    Path store;

    Settings settings(Map<String, String> environment, PrintWriter warnings) {
        Settings settings = Configuration.load(config, environment, warnings);
        return store == null ? settings : settings.storedIn(store);
    }
}
