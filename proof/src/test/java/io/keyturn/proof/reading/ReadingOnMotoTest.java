package io.keyturn.proof.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The suite on moto, whose code is as its authors wrote it; only the dates of its keys are set from outside. */
class ReadingOnMotoTest extends ReadingSuite {
    @TempDir
    private static Path files;

    private static Process moto;
    private static String port;

    @BeforeAll
    static void start() throws IOException {
        Path household = files.resolve("household.json");
        new JsonMapper()
                .writeValue(
                        household.toFile(),
                        HOUSEHOLD.people().stream()
                                .map(ReadingOnMotoTest::person)
                                .toList());
        Path log = files.resolve("moto.log");
        moto = new ProcessBuilder(
                        System.getProperty("keyturn.python", "python3"),
                        "src/test/python/moto_server.py",
                        household.toString())
                .redirectError(log.toFile())
                .start();
        port = new BufferedReader(new InputStreamReader(moto.getInputStream(), StandardCharsets.UTF_8)).readLine();
        assertThat(port).as("%s", Files.readString(log)).isNotNull();
    }

    private static Map<String, Object> person(Household.Person person) {
        return Map.of(
                "name",
                person.name(),
                "path",
                person.path(),
                "tags",
                person.tags(),
                "keys",
                person.keys().stream().map(ReadingOnMotoTest::key).toList());
    }

    private static Map<String, Object> key(Household.Key key) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("created", key.created().toString());
        fields.put("used", key.used() == null ? null : key.used().toString());
        fields.put("active", key.active());
        return fields;
    }

    @AfterAll
    static void stop() throws IOException {
        // It ends when nobody talks to it any more.
        moto.getOutputStream().close();
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:" + port,
                "AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST",
                "AWS_SECRET_ACCESS_KEY", "secret",
                "AWS_REGION", "us-east-1");
    }
}
