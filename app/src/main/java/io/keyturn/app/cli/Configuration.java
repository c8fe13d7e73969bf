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
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Finds and loads the configuration of a command. */
final class Configuration {
    /** Used where it is there and no other is named. */
    static final Path USUAL = Path.of("keyturn.yaml");

    private Configuration() {}

    /**
     * The settings of {@code named}, else of the usual file, else the defaults: for a run.
     *
     * @param warnings takes what is probably not meant
     * @throws BadConfiguration with every problem that was found
     */
    static Settings load(@Nullable Path named, Map<String, String> environment, PrintWriter warnings) {
        return read(named, environment, warnings, ConfigLoader::load);
    }

    /** The same, to look at: no secret of it is looked up unless {@code secrets} asks for it. */
    static Settings check(
            @Nullable Path named, Map<String, String> environment, PrintWriter warnings, boolean secrets) {
        return read(named, environment, warnings, (loader, file) -> loader.check(file, secrets));
    }

    /** What holds without a file. */
    static Settings defaults(Map<String, String> environment) {
        return loader(environment).defaults();
    }

    private static ConfigLoader loader(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("HOME", "."));
        return new ConfigLoader(name -> Optional.ofNullable(environment.get(name)), new CelConditions(), home);
    }

    private static Settings read(
            @Nullable Path named,
            Map<String, String> environment,
            PrintWriter warnings,
            BiFunction<ConfigLoader, Path, Loaded> how) {
        ConfigLoader loader = loader(environment);
        if (named == null && !Files.exists(USUAL)) {
            return loader.defaults();
        }
        return switch (how.apply(loader, named == null ? USUAL : named)) {
            case Loaded.Ok(Settings settings, var told) -> {
                told.forEach(warning -> warnings.println("keyturn: " + Safe.text(warning.sentence())));
                yield settings;
            }
            case Loaded.Bad(var problems) -> throw new BadConfiguration(problems);
        };
    }
}
