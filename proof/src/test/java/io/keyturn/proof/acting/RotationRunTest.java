package io.keyturn.proof.acting;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.wiring.HistoryJob;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rotations from the first notice to the deletion, through the real door, with Secrets Manager and mail. */
@Timeout(240)
class RotationRunTest {
    private static final String CONFIGURATION = """
            accounts:
              - organization: {roles: {read: keyturn-read, act: keyturn-act, create: keyturn-create}}
            policies:
              - name: everybody
                age: {warn: 75d, expire: 90d, on-warn: [remind], on-expire: [remind, rotate]}
                rotate:
                  deliver: {to: secrets-manager, readers: ["arn:${partition}:iam::${account}:role/keyturn-read"]}
                  deactivate-after: 14d
                  hold-after: 45d
                  delete-after: 30d
            owners:
              - default: {email: security@example.com}
            stages:
              - {stage: enforce}
            channels:
              email: {from: keyturn@example.com, region: eu-west-1}
            """;

    @TempDir
    Path folder;

    private ActingWorld acting;
    private final Set<String> installed = new HashSet<>();

    @BeforeEach
    void start() throws Exception {
        // What propagation does to rotations is enumerated elsewhere; here nobody wants to wait for it.
        WorldSpec spec = new WorldSpec(11, 2, 16, 0.3, InstantSource.system().instant());
        acting = new ActingWorld(folder, spec.with(WorldOptions.DEFAULT.with(Consistency.IMMEDIATE)), CONFIGURATION);
    }

    @AfterEach
    void stop() {
        acting.close();
    }

    private List<SimSecret> secrets() {
        return acting.world.vault().all().stream()
                .filter(secret -> secret.deletedAt() == null && secret.at(SimSecret.CURRENT) != null)
                .toList();
    }

    /** Keys whose secret lies whole in their user's secret. */
    private Map<String, SimKey> delivered() {
        Map<String, SimKey> delivered = new HashMap<>();
        for (SimKey key : acting.keys(true)) {
            for (SimSecret secret : secrets()) {
                String value = secret.at(SimSecret.CURRENT).value();
                if (value.contains(key.id()) && value.contains(key.secret())) {
                    delivered.put(key.id(), key);
                }
            }
        }
        return delivered;
    }

    private void pass(int days) throws Exception {
        acting.days(days);
        installed.forEach(key -> acting.world.use(key, acting.server.clock().instant(), "s3", "us-east-1"));
        acting.run();
    }

    @Test
    void overdueKeysAreReplacedDeliveredInstalledEndedAndDeleted() throws Exception {
        acting.run();
        acting.days(31);
        acting.run();
        Set<String> before = ids(acting.keys(true));
        Map<String, Integer> rotations = acting.run();
        int made = rotations.getOrDefault("create-key Done", 0);
        assertThat(made).as(rotations.toString()).isPositive();
        assertThat(rotations).containsEntry("deliver-secret Done", made).doesNotContainKey("deactivate Done");
        Map<String, SimKey> delivered = delivered();
        assertThat(delivered).hasSize(made);
        assertThat(acting.postbox.letters)
                .anySatisfy(letter -> assertThat(letter.at("/text").asString())
                        .contains("takes the place of this one. Install it", "secretsmanager"));

        installed.addAll(delivered.keySet());
        for (int days : new int[] {1, 2, 1, 14, 1}) {
            pass(days);
        }
        Set<String> after = ids(acting.keys(true));
        assertThat(after).containsAll(installed);
        assertThat(before)
                .as("old keys that were switched off")
                .filteredOn(id -> !after.contains(id))
                .hasSizeGreaterThanOrEqualTo(made);
        assertThat(secrets()).as("they lie there for 14 days").isEmpty();

        int inactive = acting.keys(false).size();
        for (int days : new int[] {1, 2, 1, 32, 1}) {
            pass(days);
        }
        assertThat(acting.keys(false)).as("deleted after the cool-down").hasSizeLessThanOrEqualTo(inactive - made);
        assertThat(ids(acting.keys(true))).containsAll(installed);

        List<String> verified = new ArrayList<>();
        new HistoryJob(acting.settings(), Map.of()).verify((stream, head) -> verified.add(stream));
        assertThat(verified).isNotEmpty();
        noSecretIsAnywhere(delivered.values());
    }

    private static Set<String> ids(List<SimKey> keys) {
        Set<String> ids = new HashSet<>();
        keys.forEach(key -> ids.add(key.id()));
        return ids;
    }

    /** Not in what was shown, mailed or stored. */
    private void noSecretIsAnywhere(Iterable<SimKey> keys) throws Exception {
        StringBuilder written = new StringBuilder(String.join("\n", acting.shown));
        acting.postbox.letters.forEach(letter -> written.append(letter).append('\n'));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                written.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        String all = written.toString();
        for (SimKey key : keys) {
            assertThat(all).contains(key.id()).doesNotContain(key.secret());
        }
    }

    @Test
    void aUserThatMayNotBeActedOnGetsNoKey() throws Exception {
        acting.run();
        acting.days(31);
        acting.run();
        acting.configure(CONFIGURATION.replace("act: keyturn-act", "act: keyturn-read"));
        Map<String, Integer> run = acting.run();
        assertThat(run).containsKey("create-key Failed");
        assertThat(acting.shown).anyMatch(line -> line.contains("show that a new key could be taken back"));
        Instant today = acting.server.clock().instant().minus(Duration.ofDays(1));
        // The organization's own account is entered with the credentials at hand, which may do everything.
        assertThat(acting.world.accounts())
                .filteredOn(account -> !account.equals(acting.world.management()))
                .flatExtracting(SimAccount::allUsers)
                .flatExtracting(SimUser::keys)
                .noneMatch(key -> key.created().isAfter(today));
    }
}
