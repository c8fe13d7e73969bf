package io.keyturn.proof.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Debian's faketime, loaded into a process without its wrapper, which would stand between the process and a signal. */
final class FakeTime {
    private FakeTime() {}

    /**
     * What a process has in its environment whose clock is ahead by what {@code FAKETIME} says. Waiting is left to the
     * clock that only counts: where faketime mends that too, which it does by itself, every timed wait of a JVM ends at
     * once, and its threads spin until it ends. The times of files are left alone too: the JVM takes a jar with another
     * time than the one it knows for a changed one, and starts without its cache, in twice the time.
     */
    static Map<String, String> preloaded() throws IOException {
        return Map.of(
                "LD_PRELOAD", library(),
                "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0",
                "NO_FAKE_STAT", "1");
    }

    /** The same where the file says by how much, so that whoever writes it moves processes that run. */
    static Map<String, String> movedBy(Path clock) throws IOException {
        Map<String, String> environment = new HashMap<>(preloaded());
        environment.put("FAKETIME_TIMESTAMP_FILE", clock.toString());
        environment.put("FAKETIME_NO_CACHE", "1");
        return Map.copyOf(environment);
    }

    /**
     * Takes away what the library of a process that was killed left behind: a later process of the same number would find
     * it, and not start.
     */
    static void forget(Process killed) {
        for (String kind : List.of("sem.faketime_sem_", "faketime_shm_")) {
            try {
                Files.deleteIfExists(Path.of("/dev/shm", kind + killed.pid()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The library for programs of several threads; Debian keeps it below the folder of the processor's kind. */
    static String library() throws IOException {
        try (Stream<Path> found =
                Files.find(Path.of("/usr/lib"), 3, (path, file) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst()
                    .orElseThrow(() -> new IllegalStateException("no faketime (Debian: apt-get install faketime)"))
                    .toString();
        }
    }
}
