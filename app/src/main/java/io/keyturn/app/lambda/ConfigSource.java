package io.keyturn.app.lambda;

import io.keyturn.app.wiring.OwnFiles;
import io.keyturn.engine.port.ReadFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the configuration of a function is: what {@code KEYTURN_CONFIG} names, a file or an object of S3, or what
 * {@code KEYTURN_CONFIG_TEXT} holds; else the {@code keyturn.yaml} that was packed with the function; else the defaults.
 */
record ConfigSource(Map<String, String> environment, Path folder) {
    static final String NAMED = "KEYTURN_CONFIG";
    static final String TEXT = "KEYTURN_CONFIG_TEXT";

    /** The file to read; empty for the defaults. An object is fetched for each invocation: what is changed there holds. */
    Optional<Path> file() throws ReadFailure, IOException {
        String named = environment.getOrDefault(NAMED, "").strip();
        String text = environment.getOrDefault(TEXT, "");
        Path own = folder.resolve("keyturn.yaml");
        if (OwnFiles.isAddress(named)) {
            Files.deleteIfExists(own);
            new OwnFiles(environment).fetch(named, own);
            return Optional.of(own);
        }
        Path packed = Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", "."));
        if (!named.isEmpty()) {
            return Optional.of(packed.resolve(named));
        }
        if (!text.isBlank()) {
            return Optional.of(Files.writeString(own, text));
        }
        return Optional.of(packed.resolve("keyturn.yaml")).filter(Files::exists);
    }
}
