package io.keyturn.adapters.program;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** One run of a program with a text on its standard input and nothing else of ours. */
final class OneRun {
    /** An answer is one object. */
    private static final int MOST = 64 << 10;

    private OneRun() {}

    /** How it ended. */
    sealed interface End {
        record NotStarted(String why) implements End {}

        /** It was killed, with all that it had started. */
        record TooLong() implements End {}

        /** {@code said} is what it wrote to its standard output, at most 64 KiB of it; never shown. */
        record Ended(int exit, String said) implements End {
            @Override
            public String toString() {
                return "ended with " + exit;
            }
        }
    }

    static End of(String path, String input, Duration limit) throws InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(path).redirectError(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", "/usr/bin:/bin");
        builder.directory(new File("/"));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return new End.NotStarted(e.getClass().getSimpleName());
        }
        try {
            AtomicReference<String> said = new AtomicReference<>("");
            Thread reading = Thread.ofVirtual().start(() -> said.set(read(process)));
            Thread.ofVirtual().start(() -> write(process, input));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) || !reading.join(Duration.ofSeconds(5))) {
                return new End.TooLong();
            }
            return new End.Ended(process.exitValue(), String.valueOf(said.get()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It was ended: there is no answer.
            return "";
        }
    }

    private static void write(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not read to the end; what it answers tells whether that matters.
        }
    }
}
