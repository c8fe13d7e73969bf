package io.keyturn.adapters.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramSinkTest {
    private static final String SECRET = "canary/K7MDENG+bPxRfiCY";
    private static final Instant MADE = Instant.parse("2026-11-23T08:00:00Z");
    private static final Parcel NEW = new Parcel(
            new KeyId("AKIAEXAMPLE00000K4TD"), new Secret(SECRET), Map.of(), MADE, MADE.plusSeconds(1_209_600));
    private static final String NOT = "could not deliver the new secret of dora in account 111122223333: ";

    @TempDir
    private Path home;

    private static Address dora() {
        Account account = new Account(
                new AccountId("111122223333"), "home", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        return new Address(account, new UserName("dora"), new UserId("AIDADORA"), new Owner("web", "file owners.yaml"));
    }

    private Path script(String body) throws IOException {
        Path file = home.resolve("deliver");
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    private ProgramSink sink(Duration limit) throws Exception {
        Path file = home.resolve("deliver");
        return new ProgramSink(new Delivery.Program(file.toString(), sha256(file), limit));
    }

    private Answer deliver(String body) throws Exception {
        script(body);
        return sink(Duration.ofSeconds(30)).deliver(dora(), NEW);
    }

    private static String why(Answer answer) {
        return switch (answer) {
            case Answer.Confirmed confirmed -> "confirmed " + confirmed;
            case Answer.Refused(var problem) -> "refused: " + problem.sentence();
            case Answer.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    @Test
    void it_reads_one_object_and_its_answer_is_taken() throws Exception {
        Path got = home.resolve("got");

        Answer answer = deliver("cat > " + got + "; env >> " + got
                + "; echo '{\"outcome\":\"confirmed\",\"place\":\"vault: team/dora\",\"readers\":[\"the team web\"]}'");

        assertThat(answer)
                .isEqualTo(new Answer.Confirmed(Evidence.ACKNOWLEDGED, "vault: team/dora", List.of("the team web")));
        assertThat(Files.readString(got))
                .startsWith("{\"act\":\"deliver\",\"partition\":\"aws\",\"account\":\"111122223333\",\"user\":\"dora\","
                        + "\"userId\":\"AIDADORA\",\"owner\":{")
                .contains("\"secretAccessKey\":\"" + SECRET + "\"", "\"expires\":\"2026-12-07T08:00:00Z\"")
                .contains("PATH=/usr/bin:/bin")
                .doesNotContain("HOME=", "AWS_", "JAVA");
    }

    @Test
    void to_prove_and_to_clear_give_it_no_secret() throws Exception {
        Path got = home.resolve("got");
        script("cat > " + got + "; echo '{\"outcome\":\"confirmed\"}'");

        Answer proven = sink(Duration.ofSeconds(30)).prove(dora());

        assertThat(Files.readString(got)).contains("\"act\":\"prove\"").doesNotContain("secret");
        assertThat(proven)
                .isEqualTo(new Answer.Confirmed(
                        Evidence.ACKNOWLEDGED,
                        "where only the program " + home.resolve("deliver") + " knows",
                        List.of("who may read it only the program " + home.resolve("deliver") + " knows")));
        sink(Duration.ofSeconds(30)).clear(dora(), NEW.key());
        assertThat(Files.readString(got)).contains("\"act\":\"clear\"", "\"accessKeyId\":\"AKIAEXAMPLE00000K4TD\"");
    }

    @Test
    void another_program_in_its_place_is_not_started() throws Exception {
        script("echo one");
        ProgramSink sink = sink(Duration.ofSeconds(30));
        String reviewed = sha256(home.resolve("deliver"));
        Path marker = home.resolve("marker");
        Path file = script("touch " + marker);

        assertThat(why(sink.deliver(dora(), NEW)))
                .isEqualTo("refused: " + NOT + "the program " + file + " has the SHA-256 " + sha256(file)
                        + ", and the configuration says " + reviewed
                        + "; review the program, and correct rotate.deliver.path and sha256");
        assertThat(marker).doesNotExist();
    }

    @Test
    void a_program_that_others_may_change_is_not_started() throws Exception {
        Path file = script("echo one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxrwxr-x"));

        assertThat(why(sink(Duration.ofSeconds(30)).deliver(dora(), NEW)))
                .contains("the program " + file + " may be changed by others");
    }

    @Test
    void what_it_says_beside_its_answer_is_shown_nowhere() throws Exception {
        for (String body : List.of(
                "cat; exit 3",
                "cat >&2; echo nonsense",
                "echo '{\"outcome\":\"refused\",\"why\":\"" + SECRET + "\"}'",
                "echo '{\"outcome\":\"confirmed\",\"place\":\"" + SECRET + "\",\"readers\":[\"" + SECRET + "\"]}'")) {
            assertThat(why(deliver(body))).as(body).doesNotContain(SECRET, "nonsense");
        }
    }

    @Test
    void to_refuse_is_an_answer_and_to_fail_leaves_doubt() throws Exception {
        assertThat(why(deliver("echo '{\"outcome\":\"refused\"}'")))
                .isEqualTo("refused: " + NOT + "the program " + home.resolve("deliver")
                        + " answered that it refuses; see its own log");
        assertThat(why(deliver("echo '{\"outcome\":\"confirmed\"}'; exit 1")))
                .isEqualTo("in doubt: " + NOT + "the program " + home.resolve("deliver")
                        + " ended with 1 and an answer that is not known here; it answers {\"outcome\": \"confirmed\" or"
                        + " \"refused\", \"place\": ..., \"readers\": [...]} and ends with 0");
        assertThat(why(deliver("exit 0"))).contains("ended with 0 and without an answer");
    }

    @Test
    void one_that_takes_too_long_is_ended_with_all_it_started() throws Exception {
        script("echo $$ > " + home.resolve("pid") + "; sleep 600 & wait");

        assertThat(why(sink(Duration.ofSeconds(1)).deliver(dora(), NEW)))
                .isEqualTo("in doubt: " + NOT + "the program " + home.resolve("deliver")
                        + " was ended after 1 s; raise rotate.deliver.time-limit, or see what it waits for");
        long pid = Long.parseLong(
                Files.readString(home.resolve("pid"), StandardCharsets.UTF_8).strip());
        ProcessHandle.of(pid).ifPresent(alive -> alive.onExit().join());
    }

    @Test
    void one_that_cannot_be_started_is_said() throws Exception {
        Path file = script("echo");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(why(sink(Duration.ofSeconds(30)).deliver(dora(), NEW)))
                .isEqualTo(
                        "refused: " + NOT + "the program " + file + " did not start: IOException; make it executable");
    }
}
