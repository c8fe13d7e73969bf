package io.keyturn.app.words;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Keyturn's own templates, as files to begin from. */
public final class BuiltIn {
    private BuiltIn() {}

    /** The names of the files: what stands around, what every kind extends, what stands in no template, and one for each kind. */
    public static List<String> names() {
        List<String> names = new ArrayList<>(List.of("digest.peb", "key.peb", "uses.peb", "better.peb", WordFile.NAME));
        for (Kind kind : Kind.values()) {
            names.add(kind.label() + ".peb");
        }
        return names;
    }

    /** The text of one of them. */
    public static String text(String name) {
        try (InputStream in =
                Objects.requireNonNull(BuiltIn.class.getResourceAsStream("/messages/" + name), "no template " + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
