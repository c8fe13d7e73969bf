package io.keyturn.proof.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** moto's server, unmodified, with users whose keys have an age; and another client to look into it. */
final class AgedMoto implements AutoCloseable {
    private static final String PYTHON = System.getProperty("keyturn.python", "python3");

    private final Process process;
    private final String url;

    private AgedMoto(Process process, String port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    /** A user with keys. */
    record Person(String name, Map<String, String> tags, List<Map<String, Object>> keys) {
        @SafeVarargs
        static Person of(String name, Map<String, Object>... keys) {
            return tagged(name, Map.of(), keys);
        }

        @SafeVarargs
        static Person tagged(String name, Map<String, String> tags, Map<String, Object>... keys) {
            return new Person(name, tags, List.of(keys));
        }

        Map<String, Object> fields() {
            return Map.of("name", name, "path", "/", "tags", tags, "keys", keys);
        }
    }

    static Map<String, Object> key(Instant created, boolean active) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("created", created.toString());
        fields.put("used", null);
        fields.put("active", active);
        return fields;
    }

    /** A key that was last used then. */
    static Map<String, Object> used(Instant created, boolean active, Instant at) {
        Map<String, Object> fields = key(created, active);
        fields.put("used", at.toString());
        return fields;
    }

    static AgedMoto start(Path folder, Person... people) throws IOException {
        Path file = Files.createTempFile(folder, "people", ".json");
        JsonMapper.shared()
                .writeValue(
                        file.toFile(), Arrays.stream(people).map(Person::fields).toList());
        Path log = Files.createTempFile(folder, "moto", ".log");
        Process process = new ProcessBuilder(PYTHON, "src/test/python/moto_server.py", file.toString())
                .redirectError(log.toFile())
                .start();
        String port = firstLine(process);
        if (port == null) {
            throw new IllegalStateException("moto did not start: " + Files.readString(log));
        }
        return new AgedMoto(process, port);
    }

    private static @Nullable String firstLine(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
    }

    /** What a process that uses it has in its environment. */
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", url,
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "us-east-1");
    }

    /** Where it listens. */
    String url() {
        return url;
    }

    /** Runs a program of boto3 against it; what it printed. */
    String python(String program) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(PYTHON, "-c", "import boto3\n" + program);
        builder.environment().putAll(environment());
        builder.environment().put("AWS_DEFAULT_REGION", environment().get("AWS_REGION"));
        Process client = builder.redirectErrorStream(true).start();
        client.getOutputStream().close();
        String out = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!client.waitFor(60, TimeUnit.SECONDS) || client.exitValue() != 0) {
            throw new IllegalStateException(out);
        }
        return out;
    }

    @Override
    public void close() throws IOException {
        // It ends when nobody talks to it any more.
        process.getOutputStream().close();
    }
}
