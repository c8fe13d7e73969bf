package io.keyturn.proof.process;

import io.keyturn.app.wiring.Demo;
import io.keyturn.sandbox.http.SandboxServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keyturn as a process of its own, in an environment that holds nothing but what a test puts there. */
final class Tool {
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    Tool(Path home) {
        this.home = home;
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_CONFIG_FILE", home.resolve("no-config").toString());
        environment.put(
                "AWS_SHARED_CREDENTIALS_FILE", home.resolve("no-credentials").toString());
    }

    Tool on(SandboxServer server) {
        environment.putAll(Demo.environment(server));
        return this;
    }

    Tool with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** What came of a process that ended. */
    record Ended(int exit, String out, String err) {
        /** What it said on standard error but its progress, which comes only where the machine is slow. */
        String said() {
            return err.replaceAll("(?m)^reading .*\n", "");
        }
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        Started started = start(arguments);
        return started.await();
    }

    /** A process that may still run; what it says goes to files. */
    record Started(Process process, Path out, Path err) {
        Ended await() throws IOException, InterruptedException {
            int exit = process.waitFor();
            return new Ended(exit, Files.readString(out), Files.readString(err));
        }
    }

    Started start(String... arguments) throws IOException {
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        Process process = builder(Launch.command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Started(process, out, err);
    }

    /** Runs it inside a line of shell, as {@code "$@"}. */
    Ended inShell(String line, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(home, "out", ".txt");
        Path err = Files.createTempFile(home, "err", ".txt");
        List<String> command = new ArrayList<>(List.of("bash", "-c", line, "keyturn"));
        command.addAll(Launch.command(arguments));
        Process process = builder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new Started(process, out, err).await();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder;
    }
}
