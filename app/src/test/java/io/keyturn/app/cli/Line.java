package io.keyturn.app.cli;

import io.keyturn.sandbox.http.SandboxServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line in an environment that holds nothing but what a test puts there, and what it said. */
final class Line {
    private final Map<String, String> environment = new HashMap<>();
    final List<Duration> pauses = new ArrayList<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Line(Path home) {
        with("HOME", home.toString())
                .with("LC_ALL", "C.UTF-8")
                .with("USER", "alice")
                .with("COLUMNS", "200");
    }

    Line with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Line on(SandboxServer server) {
        return with("AWS_ENDPOINT_URL", server.endpoint().toString())
                .with("AWS_ACCESS_KEY_ID", server.accessKeyId())
                .with("AWS_SECRET_ACCESS_KEY", server.secretAccessKey())
                .with("AWS_REGION", "us-east-1");
    }

    /** The exit code. */
    int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Keyturn.commandLine(environment, pauses::add, arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
