package io.keyturn.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of {@code keyturn.yaml}, for editors and other tools. */
public final class ConfigSchema {
    /** Its public name; a number that grows only where files that were right no longer are. */
    public static final String ID = "https://keyturn.io/schema/keyturn/1";

    private static final String RESOURCE = "keyturn.schema.json";

    private ConfigSchema() {}

    /** The schema as it is published. */
    public static String text() {
        try (InputStream in = ConfigSchema.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the build did not pack " + RESOURCE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
