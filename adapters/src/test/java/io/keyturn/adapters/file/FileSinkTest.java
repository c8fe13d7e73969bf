package io.keyturn.adapters.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.ParcelText;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets in files, opened with the programs that their owners have: gpg and age. */
class FileSinkTest {
    private static final String SECRET = "canary/K7MDENG+bPxRfiCY";
    private static final Instant NOW = Instant.now();
    private static final Parcel NEW = new Parcel(
            new KeyId("AKIAEXAMPLE00000K4TD"), new Secret(SECRET), Map.of(), NOW, NOW.plusSeconds(1_209_600));
    private static final String NOT = "refused: could not deliver the new secret of dora in account 111122223333: ";

    @TempDir
    private Path home;

    private Path out;

    @BeforeEach
    void prepare() throws IOException {
        out = Files.createDirectory(
                home.resolve("out"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(
                home.resolve("gnupg"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static Address address(String user) {
        Account account = new Account(
                new AccountId("111122223333"), "home", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
        return new Address(account, new UserName(user), new UserId("AIDA" + user), null);
    }

    private FileSink sink(String keyFile) {
        Delivery.Recipient dora = new Delivery.Recipient(
                new ArnPattern("arn:aws:iam::*:user/dora"),
                home.resolve(keyFile).toString());
        return new FileSink(new Delivery.File(out.toString(), List.of(dora)), InstantSource.fixed(NOW));
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("GNUPGHOME", home.resolve("gnupg").toString());
        builder.redirectError(home.resolve("stderr").toFile());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(home.resolve("stderr")))
                .isZero();
        return said;
    }

    private String gpg(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("gpg", "--batch", "--quiet", "--passphrase", ""));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static String why(Answer answer) {
        return switch (answer) {
            case Answer.Confirmed confirmed -> "confirmed";
            case Answer.Refused(var problem) -> "refused: " + problem.sentence();
            case Answer.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa2048", "future-default"})
    void gpg_opens_what_is_delivered(String kind) throws Exception {
        gpg("--quick-gen-key", "dora@example.com", kind, "default", "never");
        if (kind.equals("rsa2048")) {
            String fingerprint = fingerprint();
            gpg("--quick-add-key", fingerprint, kind, "encrypt", "never");
        }
        gpg("--armor", "--output", "dora.asc", "--export", "dora@example.com");

        Answer answer = sink("dora.asc").deliver(address("dora"), NEW);

        assertThat(answer).isInstanceOfSatisfying(Answer.Confirmed.class, confirmed -> {
            assertThat(confirmed.evidence()).isEqualTo(Evidence.CIPHERTEXT_DIGEST);
            assertThat(confirmed.place())
                    .startsWith(out + "/111122223333/keyturn-dora-K4TD-")
                    .endsWith(".json.asc");
        });
        Path file = files().getFirst();
        assertThat(gpg("--decrypt", file.toString())).isEqualTo(ParcelText.of(NEW));
        assertThat(((Answer.Confirmed) answer).readers())
                .containsExactly("whoever holds the private key of the OpenPGP key " + fingerprint() + " may read it");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.readString(file)).doesNotContain(SECRET, "AKIA");
    }

    private String fingerprint() throws Exception {
        return gpg("--with-colons", "--fingerprint", "dora@example.com")
                .lines()
                .filter(line -> line.startsWith("fpr"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
    }

    @Test
    void age_opens_what_is_delivered() throws Exception {
        String recipient = age();

        Answer answer = sink("dora.pub").deliver(address("dora"), NEW);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Confirmed.class,
                        confirmed -> assertThat(confirmed.readers())
                                .containsExactly(
                                        "whoever holds the private key of the age key " + recipient + " may read it"));
        assertThat(run(
                        "age",
                        "--decrypt",
                        "--identity",
                        "dora.key",
                        files().getFirst().toString()))
                .isEqualTo(ParcelText.of(NEW));
    }

    /** Makes a pair of keys, of which dora.pub is the public one. */
    private String age() throws Exception {
        run("age-keygen", "--output", "dora.key");
        String recipient = run("age-keygen", "-y", "dora.key").strip();
        Files.writeString(home.resolve("dora.pub"), "# dora's laptop\n" + recipient + "\n");
        return recipient;
    }

    @Test
    void a_proof_leaves_nothing_and_what_is_cleared_is_gone() throws Exception {
        age();
        FileSink sink = sink("dora.pub");

        assertThat(why(sink.prove(address("dora")))).isEqualTo("confirmed");
        assertThat(files()).isEmpty();
        sink.deliver(address("dora"), NEW);
        Parcel other = new Parcel(new KeyId("AKIAEXAMPLE11111K4TD"), NEW.secret(), Map.of(), NOW, NOW);
        sink.deliver(address("dora"), other);
        assertThat(files()).hasSize(2);

        Files.delete(home.resolve("dora.pub"));
        assertThat(why(sink.clear(address("dora"), NEW.key())))
                .as("without the key, which may be gone by then")
                .isEqualTo("confirmed");
        assertThat(files()).hasSize(1);
        assertThat(why(sink.clear(address("dora"), NEW.key()))).isEqualTo("confirmed");
    }

    @Test
    void what_an_unfinished_write_left_is_written_over() throws Exception {
        age();
        FileSink sink = sink("dora.pub");
        sink.deliver(address("dora"), NEW);
        Path file = files().getFirst();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.move(file, part);

        assertThat(why(sink.deliver(address("dora"), NEW))).isEqualTo("confirmed");
        assertThat(files()).containsExactly(file);
    }

    @Test
    void without_a_key_for_the_user_nothing_is_written() throws Exception {
        age();

        assertThat(why(sink("dora.pub").deliver(address("carl"), NEW)))
                .isEqualTo("refused: could not deliver the new secret of carl in account 111122223333: no public key is"
                        + " configured for arn:aws:iam::111122223333:user/carl; correct rotate.deliver.recipients");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_private_key_in_the_place_of_a_public_one_is_refused() throws Exception {
        age();
        gpg("--quick-gen-key", "dora@example.com", "future-default", "default", "never");
        gpg("--armor", "--output", "secret.asc", "--export-secret-keys", "dora@example.com");

        for (String file : List.of("dora.key", "secret.asc")) {
            assertThat(why(sink(file).deliver(address("dora"), NEW)))
                    .isEqualTo(NOT + "the public key " + home.resolve(file)
                            + " cannot be used: it holds a private key, which belongs to its owner alone; correct"
                            + " rotate.deliver.recipients");
        }
    }

    @Test
    void an_expired_or_revoked_key_is_refused() throws Exception {
        gpg(
                "--faked-system-time=20200101T000000",
                "--quick-gen-key",
                "dora@example.com",
                "future-default",
                "default",
                "1y");
        gpg("--armor", "--output", "old.asc", "--export", "dora@example.com");
        assertThat(why(sink("old.asc").deliver(address("dora"), NEW)))
                .startsWith(NOT + "the public key " + home.resolve("old.asc") + " cannot be used: it expired on 20");

        gpg("--quick-gen-key", "gone@example.com", "future-default", "default", "never");
        Path revocation;
        String fingerprint = gpg("--with-colons", "--fingerprint", "gone@example.com")
                .lines()
                .filter(line -> line.startsWith("fpr"))
                .findFirst()
                .orElseThrow()
                .split(":")[9];
        revocation = home.resolve("gnupg/openpgp-revocs.d/" + fingerprint + ".rev");
        Files.writeString(revocation, Files.readString(revocation).replace(":-----BEGIN", "-----BEGIN"));
        gpg("--import", revocation.toString());
        gpg("--armor", "--output", "gone.asc", "--export", "gone@example.com");
        assertThat(why(sink("gone.asc").deliver(address("dora"), NEW)))
                .contains("gone.asc cannot be used: it is revoked");
    }

    @Test
    void a_key_that_only_signs_is_refused() throws Exception {
        gpg("--quick-gen-key", "dora@example.com", "ed25519", "sign", "never");
        gpg("--armor", "--output", "signs.asc", "--export", "dora@example.com");

        assertThat(why(sink("signs.asc").deliver(address("dora"), NEW)))
                .contains("it has no part that encrypts and is neither expired nor revoked");
    }

    @Test
    void what_is_no_key_is_said() throws Exception {
        Files.writeString(home.resolve("text"), "not a key");
        Files.writeString(home.resolve("two"), "# two\nage1a\nage1b\n");
        Files.writeString(home.resolve("bad"), "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq\n");

        assertThat(why(sink("text").prove(address("dora")))).contains("text cannot be used: it ");
        assertThat(why(sink("two").prove(address("dora")))).contains("it names 2 age recipients, and one is meant");
        assertThat(why(sink("bad").prove(address("dora")))).contains("it is no age recipient (");
        assertThat(why(sink("absent").prove(address("dora"))))
                .contains("absent cannot be used: it cannot be read (NoSuchFileException)");
    }

    @Test
    void a_folder_that_is_absent_or_open_to_others_is_refused() throws Exception {
        age();
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(why(sink("dora.pub").deliver(address("dora"), NEW)))
                .isEqualTo(NOT + "the folder " + out + " cannot be used: others may write to it (IOException); make a"
                        + " folder there that Keyturn alone may write to, with room in it");

        Files.delete(out);
        assertThat(why(sink("dora.pub").deliver(address("dora"), NEW)))
                .startsWith(NOT + "the folder " + out + " cannot be used: " + out + " (NoSuchFileException)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../dora", "a/b", "dora\n"})
    void a_name_that_leads_elsewhere_is_refused(String name) throws Exception {
        assertThat(why(sink("dora.pub").deliver(address(name), NEW)))
                .isEqualTo("refused: could not deliver the new secret of a user: its name has characters that no IAM"
                        + " user's name has");
    }
}
