package io.keyturn.app.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A program that nobody here wrote, run to its end. */
public record Program(int exit, String out) {
    /**
     * Runs it.
     *
     * @param folder where it runs
     * @param input what it reads
     */
    public static Program run(Path folder, String input, List<String> command)
            throws IOException, InterruptedException {
        Path in = Files.createTempFile("keyturn", ".in");
        Path out = Files.createTempFile("keyturn", ".out");
        try {
            Files.writeString(in, input);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            int exit = process.waitFor();
            return new Program(exit, Files.readString(out, StandardCharsets.UTF_8));
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }
}
