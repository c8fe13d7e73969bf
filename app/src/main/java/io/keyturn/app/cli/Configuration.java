package io.keyturn.app.cli;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.app.render.Safe;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and loads the configuration of a command. */
final class Configuration {
    /** Used where it is there and no other is named. */
    static final Path USUAL = Path.of("keyturn.yaml");

    private Configuration() {}

    /**
     * The settings of {@code named}, else of the usual file, else the defaults.
     *
     * @param warnings takes what has no effect
     * @throws BadConfiguration with every problem that was found
     */
    static Settings load(@Nullable Path named, Map<String, String> environment, PrintWriter warnings) {
        Path home = Path.of(environment.getOrDefault("HOME", "."));
        ConfigLoader loader =
                new ConfigLoader(name -> Optional.ofNullable(environment.get(name)), new CelConditions(), home);
        Path file = named == null ? USUAL : named;
        if (named == null && !Files.exists(file)) {
            return Settings.defaults(defaultStore(environment));
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new BadConfiguration("could not read the configuration " + Safe.text(file.toString())
                    + ": it is no readable file; name one with --config");
        }
        return switch (loader.load(file)) {
            case Loaded.Ok(Settings settings, var told) -> {
                told.forEach(warning -> warnings.println("keyturn: " + Safe.text(warning.sentence())));
                yield settings;
            }
            case Loaded.Bad(var problems) -> throw new BadConfiguration(problems);
        };
    }

    private static Path defaultStore(Map<String, String> environment) {
        String state = environment.get("XDG_STATE_HOME");
        Path folder = state == null || state.isBlank()
                ? Path.of(environment.getOrDefault("HOME", "."), ".local", "state")
                : Path.of(state);
        return folder.resolve("keyturn").resolve("keyturn.db");
    }
}
