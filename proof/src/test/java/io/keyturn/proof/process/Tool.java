package io.keyturn.proof.process;

import io.keyturn.app.cli.Embedded;
import io.keyturn.app.wiring.Demo;
import io.keyturn.sandbox.http.SandboxServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keyturn in an environment that holds nothing but what a test puts there: as a process of its own, or, where a test says
 * {@link #inside()}, within this one, which takes a tenth of the time.
 */
final class Tool {
    private final Path home;
    private boolean inside;
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

    Tool without(String name) {
        environment.remove(name);
        return this;
    }

    /** Its runs, those that are waited for, need no process of their own. */
    Tool inside() {
        inside = true;
        return this;
    }

    /** Each run is a process again. */
    Tool apart() {
        inside = false;
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
        return inside ? embedded(arguments) : start(arguments).await();
    }

    private Ended embedded(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new Embedded(environment, InstantSource.system())
                .run(List.of(arguments), new PrintWriter(out), new PrintWriter(err));
        return new Ended(exit, out.toString(), err.toString());
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
