package io.keyturn.proof.moto;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** moto's server, unmodified, with users whose keys have an age; and another client to look into it. */
public final class AgedMoto implements AutoCloseable {
    private static final String PYTHON = System.getProperty("keyturn.python", "python3");

    /** Servers that no test uses now: starting one takes longer than most tests. */
    private static final Deque<Server> IDLE = new ConcurrentLinkedDeque<>();

    private final Server server;
    private final boolean ofItsOwn;

    private AgedMoto(Server server, boolean ofItsOwn) {
        this.server = server;
        this.ofItsOwn = ofItsOwn;
    }

    /** A process that serves it, and answers what it is asked. */
    private record Server(Process process, BufferedReader answers, Writer questions, String url) {
        static Server start(Map<String, String> environment) throws IOException {
            Path log = Files.createTempFile("moto", ".log");
            log.toFile().deleteOnExit();
            // It ends when this JVM does, for nobody talks to it any more.
            ProcessBuilder builder =
                    new ProcessBuilder(PYTHON, "src/test/python/moto_server.py").redirectError(log.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
            String port = answers.readLine();
            if (port == null) {
                throw new IllegalStateException("moto did not start: " + Files.readString(log));
            }
            Writer questions = process.outputWriter(StandardCharsets.UTF_8);
            return new Server(process, answers, questions, "http://127.0.0.1:" + port);
        }

        void fill(Person... people) throws IOException {
            ask(Map.of("people", Arrays.stream(people).map(Person::fields).toList()));
        }

        JsonNode ask(Map<String, ?> question) throws IOException {
            questions.write(JsonMapper.shared().writeValueAsString(question) + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("moto has ended");
            }
            return JsonMapper.shared().readTree(answer);
        }
    }

    /** A user with keys. */
    public record Person(String name, String path, Map<String, String> tags, List<Map<String, Object>> keys) {
        @SafeVarargs
        public static Person of(String name, Map<String, Object>... keys) {
            return tagged(name, Map.of(), keys);
        }

        @SafeVarargs
        public static Person tagged(String name, Map<String, String> tags, Map<String, Object>... keys) {
            return new Person(name, "/", tags, List.of(keys));
        }

        Map<String, Object> fields() {
            return Map.of("name", name, "path", path, "tags", tags, "keys", keys);
        }
    }

    /** A key that nobody ever used. */
    public static Map<String, Object> key(Instant created, boolean active) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("created", created.toString());
        fields.put("used", null);
        fields.put("active", active);
        return fields;
    }

    /** A key that was last used then. */
    public static Map<String, Object> used(Instant created, boolean active, Instant at) {
        Map<String, Object> fields = key(created, active);
        fields.put("used", at.toString());
        return fields;
    }

    /** One that holds these users and nothing else; no other test has it until it is closed. */
    public static AgedMoto start(Person... people) throws IOException {
        Server idle = IDLE.poll();
        Server server = idle == null ? Server.start(Map.of()) : idle;
        server.fill(people);
        return new AgedMoto(server, false);
    }

    /** One in a process of its own, which has this in its environment, and ends when it is closed. */
    public static AgedMoto apart(Map<String, String> environment, Person... people) throws IOException {
        Server server = Server.start(environment);
        server.fill(people);
        return new AgedMoto(server, true);
    }

    /** What a process that uses it has in its environment. */
    public Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", server.url(),
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "us-east-1");
    }

    /** Where it listens. */
    public String url() {
        return server.url();
    }

    /** Runs a program of boto3 against it; what it printed. */
    public String python(String program) throws IOException {
        JsonNode answer = server.ask(Map.of("run", program));
        String out = answer.path("out").asString();
        if (answer.path("failed").asBoolean()) {
            throw new IllegalStateException(out);
        }
        return out;
    }

    @Override
    public void close() {
        if (ofItsOwn) {
            server.process().destroy();
        } else {
            IDLE.add(server);
        }
    }
}
