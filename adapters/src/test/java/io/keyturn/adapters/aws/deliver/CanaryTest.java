package io.keyturn.adapters.aws.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.derive.SmtpPassword;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.ServiceError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A secret is searched for in everything that its delivery writes: streams, logs, answers, temporary files. */
class CanaryTest {
    private static final Secret SECRET = new Secret("canary/K7MDENG+bPxRfiCY");
    private static final Map<String, Secret> DERIVED = SmtpPassword.of(SECRET, List.of("eu-central-1"));
    private static final Parcel NEW =
            new Parcel(Scene.key("NEW"), SECRET, DERIVED, Scene.MADE, Scene.MADE.plusSeconds(60));

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();
    private final Handler everything = new Handler() {
        @Override
        public void publish(LogRecord record) {
            note(new SimpleFormatter().format(record));
        }

        @Override
        public void flush() {
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    private void note(String text) {
        written.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void listen() {
        PrintStream heard = new PrintStream(written, true, StandardCharsets.UTF_8);
        System.setOut(heard);
        System.setErr(heard);
        root.addHandler(everything);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stop() {
        System.setOut(out);
        System.setErr(err);
        root.removeHandler(everything);
        root.setLevel(level);
    }

    /** An AWS that repeats in its errors what it was sent, and now and then does not answer. */
    private static final class Echo implements Faults {
        private int puts;

        @Override
        public synchronized Fate before(Operation operation) {
            if (operation.action().equals("PutSecretValue") && puts++ == 0) {
                throw new ServiceError(
                        400,
                        "InvalidParameterException",
                        "no: {\"secretAccessKey\":\"canary\\/K7MDENG+bPxRfiCY\"} and " + SECRET.reveal() + " and "
                                + DERIVED.values().iterator().next().reveal());
            }
            return operation.action().equals("UpdateSecretVersionStage") ? Fate.of(Fate.Kind.DROPPED_AFTER) : Fate.OK;
        }
    }

    @Test
    void it_is_nowhere_but_in_its_sink() throws Exception {
        List<Path> before = temporary();
        try (Scene scene = new Scene(Scene.CREATOR, new Echo())) {
            SecretSink sink = scene.sink(Scene.WEB);
            for (int i = 0; i < 4; i++) {
                note(Scene.why(sink.deliver(Scene.dora(), NEW)));
            }
            note(NEW + " " + sink + " " + scene.secret());
            assertThat(scene.current()).as("it arrived").contains(SECRET.reveal());
            note(Scene.why(sink.clear(Scene.dora(), NEW.key())));
        }

        String all = written.toString(StandardCharsets.UTF_8);
        assertThat(all).contains("(secret)", "confirmed", "refused: could not deliver the new secret of dora");
        List<String> unsaid = new ArrayList<>(List.of(SECRET.reveal(), "canary\\/K7MDENG"));
        DERIVED.values().forEach(secret -> unsaid.add(secret.reveal()));
        for (String secret : unsaid) {
            assertThat(all).doesNotContain(secret);
        }
        List<Path> left = temporary();
        left.removeAll(before);
        for (Path file : left) {
            assertThat(Files.isRegularFile(file) ? Files.readString(file, StandardCharsets.ISO_8859_1) : "")
                    .as(file.toString())
                    .doesNotContain(SECRET.reveal());
        }
    }

    private static List<Path> temporary() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new ArrayList<>(files.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
