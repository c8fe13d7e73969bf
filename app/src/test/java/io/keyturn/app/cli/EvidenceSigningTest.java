package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Evidence whose manifest a key of AWS KMS signs, by KMS's API reference. */
@Timeout(120)
class EvidenceSigningTest {
    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String TODAY = LocalDate.ofInstant(
                    InstantSource.system().instant(), ZoneOffset.UTC)
            .toString();

    @TempDir
    private Path folder;

    private final KeyPair pair;
    private String usage = "SIGN_VERIFY";
    private boolean signs = true;
    private SandboxServer server;
    private HttpServer kms;
    private Line line;
    private Path archive;

    EvidenceSigningTest() throws GeneralSecurityException {
        pair = pair();
    }

    private static KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    @BeforeEach
    void start() throws Exception {
        archive = folder.resolve("evidence.zip");
        Files.writeString(folder.resolve("keyturn.yaml"), "store: journal.db\n");
        World world = World.generate(new WorldSpec(3, 1, 4, 0.2, Instant.now()));
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        kms = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kms.createContext("/", this::handle);
        kms.start();
        line = new Line(folder)
                .on(server)
                .with(
                        "AWS_ENDPOINT_URL_KMS",
                        "http://127.0.0.1:" + kms.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        kms.stop(0);
        server.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode asked =
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
            ObjectNode answer = JsonMapper.shared().createObjectNode().put("KeyId", ARN);
            int status = 200;
            if (exchange.getRequestHeaders().getFirst("X-Amz-Target").equals("TrentService.GetPublicKey")) {
                answer.put("PublicKey", pair.getPublic().getEncoded()).put("KeyUsage", usage);
                answer.putArray("SigningAlgorithms").add("ECDSA_SHA_256");
            } else if (signs) {
                answer.put("Signature", sign(asked)).put("SigningAlgorithm", "ECDSA_SHA_256");
            } else {
                status = 400;
                answer.put("__type", "AccessDeniedException").put("message", "not authorized to perform: kms:Sign");
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private byte[] sign(JsonNode asked) {
        try {
            assertThat(asked.get("MessageType").asString()).isEqualTo("DIGEST");
            Signature signature = Signature.getInstance("NONEwithECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(Base64.getDecoder().decode(asked.get("Message").asString()));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int make(String arn) {
        return line.run(
                "evidence",
                "--config",
                folder.resolve("keyturn.yaml").toString(),
                "--from",
                TODAY,
                "--to",
                TODAY,
                "--out",
                archive.toString(),
                "--sign-with",
                arn);
    }

    private int verify(String... more) {
        String[] all = new String[more.length + 3];
        all[0] = "evidence";
        all[1] = "verify";
        all[2] = archive.toString();
        System.arraycopy(more, 0, all, 3, more.length);
        return line.run(all);
    }

    private String key(KeyPair of) throws IOException {
        Path file = folder.resolve("key.txt");
        return Files.writeString(
                        file, Base64.getEncoder().encodeToString(of.getPublic().getEncoded()))
                .toString();
    }

    /** Writes the archive again with one file changed, or without it. */
    private void change(String name, byte[] bytes) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        files.put(name, bytes);
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                if (file.getValue().length > 0) {
                    zip.putNextEntry(new ZipEntry(file.getKey()));
                    zip.write(file.getValue());
                }
            }
        }
    }

    @Test
    void the_receiver_checks_it_by_the_key_that_aws_gave_them() throws Exception {
        assertThat(make(ARN)).as(line.err()).isZero();
        assertThat(line.out()).contains("it is signed: the receiver has the key from AWS, and passes it on with --key");

        assertThat(verify("--key", key(pair))).as(line.out()).isZero();
        assertThat(line.out())
                .contains("signed by " + ARN + " (ECDSA_SHA_256), and that is the key that you named", "files are as");
        assertThat(verify()).isZero();
        assertThat(line.out()).contains("with the key in the archive, whose SHA-256 is ", "pass it on with --key");

        assertThat(verify("--key", key(pair()))).isEqualTo(3);
        assertThat(line.out())
                .contains("differs: manifest.json: the signature is not of this manifest by the key that you named: "
                        + ARN);
    }

    @Test
    void a_manifest_or_a_signature_that_was_changed_or_left_out_is_named() throws Exception {
        make(ARN);
        byte[] manifest;
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            manifest = zip.getInputStream(zip.getEntry("manifest.json")).readAllBytes();
        }
        String changed = new String(manifest, StandardCharsets.UTF_8).replace("\"complete\"", "\"Complete\"");
        change("manifest.json", changed.getBytes(StandardCharsets.UTF_8));
        assertThat(verify()).isEqualTo(3);
        assertThat(line.out()).contains("the signature is not of this manifest by the key in the archive");
        change("manifest.sig", new byte[0]);
        assertThat(verify()).isEqualTo(3);
        assertThat(line.out()).contains("the signature is missing or of no known kind");
        String unsigned = changed.replace("\"signature\"", "\"was\"");
        change("manifest.json", unsigned.getBytes(StandardCharsets.UTF_8));
        assertThat(verify("--key", key(pair))).isEqualTo(3);
        assertThat(line.out())
                .contains(
                        "it is not signed, and a key was named that should have signed it", "manifest.pem: was added");
    }

    @Test
    void a_key_that_cannot_be_had_or_does_not_sign_stops_it_before_anything_is_written() throws Exception {
        assertThat(make("alias/auditor")).isEqualTo(2);
        assertThat(line.err()).contains("\"alias/auditor\" is no ARN of a key in KMS, such as arn:aws:kms:");
        usage = "ENCRYPT_DECRYPT";
        assertThat(make(ARN)).isEqualTo(2);
        assertThat(line.err())
                .contains("could not sign with " + ARN + " of AWS KMS: it is for ENCRYPT_DECRYPT, not for signatures;"
                        + " make a key to sign and verify; nothing was written");
        usage = "SIGN_VERIFY";
        signs = false;
        assertThat(make(ARN)).isEqualTo(3);
        assertThat(line.err())
                .contains("allow these credentials kms:GetPublicKey and kms:Sign on it; nothing was written");
        assertThat(archive).doesNotExist();
        Files.writeString(folder.resolve("key.txt"), "not a key");
        assertThat(verify("--key", folder.resolve("key.txt").toString())).isEqualTo(2);
        assertThat(line.err()).contains("it is no public key EC or RSA");
    }
}
