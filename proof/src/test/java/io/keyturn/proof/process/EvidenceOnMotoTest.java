package io.keyturn.proof.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.cli.Embedded;
import io.keyturn.proof.moto.AgedMoto;
import io.keyturn.proof.moto.AgedMoto.Person;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Evidence that a key of another's KMS signs, as another client of that KMS checks it. That KMS takes what is signed for a
 * message and never for a digest, so what it makes is checked by itself alone.
 */
@Timeout(120)
class EvidenceOnMotoTest {
    private static final String MAKE = """
            kms = boto3.client("kms")
            print(kms.create_key(KeyUsage="%s", KeySpec="%s")["KeyMetadata"]["Arn"])
            """;

    /** What an auditor asks, who has no key but may ask KMS. */
    private static final String CHECK = """
            import hashlib, json, zipfile
            kms = boto3.client("kms")
            archive = zipfile.ZipFile("%s")
            manifest = archive.read("manifest.json")
            told = json.loads(manifest)["signature"]
            digest = hashlib.new(told["algorithm"][-7:].replace("_", ""), manifest).digest()
            answer = kms.verify(KeyId=told["key"], Message=digest, MessageType="DIGEST",
                                Signature=archive.read("manifest.sig"), SigningAlgorithm=told["algorithm"])
            held = kms.get_public_key(KeyId=told["key"])["PublicKey"]
            print(told["algorithm"], answer["SignatureValid"], hashlib.sha256(held).hexdigest() == told["publicKeySha256"])
            """;

    @TempDir
    private Path folder;

    private record Ran(int exit, String out, String err) {}

    private Ran evidence(AgedMoto moto, String arn) throws Exception {
        Path config = Files.writeString(folder.resolve("keyturn.yaml"), "store: journal.db\n");
        Map<String, String> environment = new HashMap<>(moto.environment());
        environment.put("HOME", folder.toString());
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new Embedded(environment, InstantSource.system())
                .run(
                        List.of(
                                "evidence",
                                "--config",
                                config.toString(),
                                "--from",
                                "2026-01-01",
                                "--to",
                                "2026-01-02",
                                "--out",
                                archive().toString(),
                                "--sign-with",
                                arn),
                        new PrintWriter(out),
                        new PrintWriter(err));
        return new Ran(exit, out.toString(), err.toString());
    }

    private Path archive() {
        return folder.resolve("evidence.zip");
    }

    private static AgedMoto moto() throws Exception {
        return AgedMoto.start(Person.of("old", AgedMoto.key(Instant.now().minus(Duration.ofDays(200)), true)));
    }

    @ParameterizedTest
    @CsvSource({"ECC_NIST_P256,ECDSA_SHA_256", "ECC_NIST_P384,ECDSA_SHA_384", "RSA_2048,RSASSA_PSS_SHA_256"})
    void another_client_asks_the_kms_whether_the_signature_holds(String spec, String algorithm) throws Exception {
        try (AgedMoto moto = moto()) {
            String arn = moto.python(MAKE.formatted("SIGN_VERIFY", spec)).strip();

            Ran ran = evidence(moto, arn);

            assertThat(ran.exit()).as(ran.out() + ran.err()).isZero();
            assertThat(moto.python(CHECK.formatted(archive()))).isEqualTo(algorithm + " True True\n");
        }
    }

    @Test
    void a_key_that_cannot_sign_stops_it_before_anything_is_written() throws Exception {
        try (AgedMoto moto = moto()) {
            String arn =
                    moto.python(MAKE.formatted("ENCRYPT_DECRYPT", "RSA_2048")).strip();

            assertThat(evidence(moto, arn).err()).contains("it is for ENCRYPT_DECRYPT, not for signatures");
            Ran unknown = evidence(moto, arn.replaceFirst("key/.*", "key/00000000-0000-0000-0000-000000000000"));
            assertThat(unknown.exit()).isNotZero();
            assertThat(unknown.err()).contains("could not sign with " + arn.replaceFirst("key/.*", "key/0000"));
            assertThat(archive()).doesNotExist();
        }
    }
}
