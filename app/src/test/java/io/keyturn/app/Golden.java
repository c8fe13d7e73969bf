package io.keyturn.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files that a person has looked at, and that nothing may change unseen. Run with {@code -Dkeyturn.golden=write} to write
 * them anew, and look at what the version control shows.
 */
public final class Golden {
    private static final boolean WRITE = "write".equals(System.getProperty("keyturn.golden"));

    private final Path folder;
    private final Set<Path> compared = new TreeSet<>();

    /** @param name of the folder below {@code src/test/resources} */
    public Golden(String name) {
        this.folder = Path.of("src", "test", "resources", name);
    }

    /** Compares what was made with the file, or writes the file. */
    public void same(Path name, String made) throws IOException {
        Path file = folder.resolve(name);
        compared.add(name);
        if (WRITE) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, made);
        }
        assertThat(file).as("no golden file; run with -Dkeyturn.golden=write").exists();
        assertThat(made)
                .as(name + ": if this is meant, run with -Dkeyturn.golden=write, and look at the difference")
                .isEqualTo(Files.readString(file));
    }

    /** Nothing is left there of what is no more. */
    public void nothingElse() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile).map(folder::relativize))
                    .containsExactlyInAnyOrderElementsOf(compared);
        }
    }
}
