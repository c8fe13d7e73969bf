package io.keyturn.adapters.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/** moto's server, empty, in the Python environment that {@code ./check} prepares; tests take turns with it. */
public final class Moto implements AutoCloseable {
    /** Servers that no test uses now: starting one takes longer than most tests. */
    private static final Deque<Server> IDLE = new ConcurrentLinkedDeque<>();

    private final Server server;

    private Moto(Server server) {
        this.server = server;
    }

    /** A process that serves it, empties it when it is asked, and ends when this JVM does. */
    private record Server(BufferedReader answers, Writer questions, String url) {
        static Server start() throws IOException {
            Path log = Files.createTempFile("moto", ".log");
            log.toFile().deleteOnExit();
            Process process = new ProcessBuilder(
                            System.getProperty("keyturn.python", "python3"), "../proof/src/test/python/moto_server.py")
                    .redirectError(log.toFile())
                    .start();
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            String port = answers.readLine();
            if (port == null) {
                throw new IllegalStateException(
                        "moto did not start: run ./check, which installs it: " + Files.readString(log));
            }
            return new Server(answers, process.outputWriter(StandardCharsets.UTF_8), "http://127.0.0.1:" + port);
        }

        void empty() throws IOException {
            questions.write("{\"people\": []}\n");
            questions.flush();
            if (answers.readLine() == null) {
                throw new IllegalStateException("moto has ended");
            }
        }
    }

    /** One that holds nothing; no other test has it until it is closed. */
    public static Moto start() throws IOException {
        Server idle = IDLE.poll();
        Server server = idle == null ? Server.start() : idle;
        server.empty();
        return new Moto(server);
    }

    public String url() {
        return server.url();
    }

    /** What a process that uses it has in its environment, with these additions. */
    public Map<String, String> environment(String... more) {
        List<String> pairs = new ArrayList<>(List.of(
                "AWS_ENDPOINT_URL",
                url(),
                "AWS_ACCESS_KEY_ID",
                "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY",
                "secret",
                "AWS_REGION",
                "eu-west-1"));
        pairs.addAll(List.of(more));
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            environment.put(pairs.get(i), pairs.get(i + 1));
        }
        return environment;
    }

    @Override
    public void close() {
        IDLE.add(server);
    }
}
