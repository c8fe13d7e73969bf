package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.Condition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A folder with configurations, and what loading them says. */
final class ConfigFolder {
    /** A condition is compiled once for all tests: it takes longer than all the rest of a file. */
    private static final Map<String, Condition> COMPILED = new ConcurrentHashMap<>();

    final Map<String, String> environment = new HashMap<>(Map.of("KEYTURN_EXTERNAL_ID", "between-us"));
    private final Path folder;

    ConfigFolder(Path folder) {
        this.folder = folder;
    }

    /** The example that uses every section. */
    static String whole() {
        return resource("whole.yaml");
    }

    static String resource(String name) {
        try (InputStream in = ConfigFolder.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ConfigFolder with(String name, String text) {
        return with(name, text.getBytes(StandardCharsets.UTF_8));
    }

    ConfigFolder with(String name, byte[] bytes) {
        try {
            Files.write(folder.resolve(name), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Condition compile(String source) throws ConditionError {
        Condition known = COMPILED.get(source);
        if (known == null) {
            known = new CelConditions().compile(source);
            COMPILED.put(source, known);
        }
        return known;
    }

    ConfigLoader loader() {
        return new ConfigLoader(name -> Optional.ofNullable(environment.get(name)), ConfigFolder::compile, folder);
    }

    Loaded load(String yaml) {
        with("keyturn.yaml", yaml);
        return loader().load(folder.resolve("keyturn.yaml"));
    }

    Settings settings(String yaml) {
        Loaded loaded = load(yaml);
        assertThat(loaded).as(() -> "problems " + sentences(loaded)).isInstanceOf(Loaded.Ok.class);
        return ((Loaded.Ok) loaded).settings();
    }

    List<String> problems(String yaml) {
        Loaded loaded = load(yaml);
        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        return sentences(loaded);
    }

    List<String> warnings(String yaml) {
        Loaded loaded = load(yaml);
        assertThat(loaded).as(() -> "problems " + sentences(loaded)).isInstanceOf(Loaded.Ok.class);
        return sentences(loaded);
    }

    /** Problems or warnings as a person reads them. */
    static List<String> sentences(Loaded loaded) {
        List<ConfigProblem> told = switch (loaded) {
            case Loaded.Ok ok -> ok.warnings();
            case Loaded.Bad bad -> bad.problems();
        };
        return told.stream().map(ConfigProblem::sentence).toList();
    }
}
