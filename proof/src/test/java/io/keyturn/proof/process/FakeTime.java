package io.keyturn.proof.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Debian's faketime, loaded into a process without its wrapper, which would stand between the process and a signal. The
 * variable {@code FAKETIME} then says how far its clock is ahead.
 */
final class FakeTime {
    private FakeTime() {}

    /** Loads it into every process of the tool. */
    static void preload(Tool tool) throws IOException {
        tool.with("LD_PRELOAD", library()).with("FAKETIME_DONT_FAKE_MONOTONIC", "1");
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
