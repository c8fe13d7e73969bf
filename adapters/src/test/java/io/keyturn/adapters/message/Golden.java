package io.keyturn.adapters.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a person has looked at, and that nothing may change unseen. */
public final class Golden {
    private Golden() {}

    /** Compares with the file beside the test; what came instead is left under {@code target/golden} to be looked at. */
    public static void same(Class<?> test, String file, String made) throws IOException {
        Path folder = Path.of("target", "golden", test.getPackageName().replaceFirst(".*\\.", ""));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(file), made);
        try (var in = test.getResourceAsStream(file)) {
            assertThat(in)
                    .as("no golden file " + file + "; look at " + folder.resolve(file))
                    .isNotNull();
            assertThat(made)
                    .as("look at " + folder.resolve(file) + ", and if it is right, copy it")
                    .isEqualTo(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
