package io.keyturn.app.metrics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
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

    /** Reads what a server goes on saying, so that it never waits for a reader. */
    static void drain(BufferedReader log) {
        try {
            log.transferTo(Writer.nullWriter());
        } catch (IOException closed) {
            // The server has ended, and has no more to say.
        }
    }
}
