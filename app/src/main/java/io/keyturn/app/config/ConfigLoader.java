package io.keyturn.app.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Loads {@code keyturn.yaml}. */
public final class ConfigLoader {
    private final Function<String, Optional<String>> environment;
    private final ConditionCompiler compiler;
    private final Path homeDirectory;

    public ConfigLoader(
            Function<String, Optional<String>> environment, ConditionCompiler compiler, Path homeDirectory) {
        this.environment = environment;
        this.compiler = compiler;
        this.homeDirectory = homeDirectory;
    }

    /** Loads {@code file}; every problem is reported at once. */
    public Loaded load(Path file) {
        return SettingsReader.load(file, environment, compiler, homeDirectory);
    }

    /** What holds without a file. */
    public Loaded defaults() {
        return SettingsReader.defaults(environment, homeDirectory);
    }
}
