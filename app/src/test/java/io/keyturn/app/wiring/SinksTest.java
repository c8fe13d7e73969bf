package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.checkup.Role;
import io.keyturn.engine.checkup.Statement;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The sinks as the configuration names them, with no more power than its policies give. */
class SinksTest {
    private static final String ACCOUNT = "111122223333";
    private static final Instant MADE = Instant.parse("2026-11-23T08:00:00Z");

    @TempDir
    private Path folder;

    private Settings settings(String deliver) throws Exception {
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), """
                accounts: [{role: "arn:aws:iam::111122223333:role/keyturn-create"}]
                policies:
                  - name: all
                    age: {expire: 90d, on-expire: [rotate]}
                    rotate: {evidence: acknowledged, deliver: %s}
                stages: [{stage: rotate}]
                """.formatted(deliver));
        return ((Loaded.Ok) new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder).check(file, true))
                .settings();
    }

    private static Rotation rotation(Settings settings) {
        Rotation rotation = settings.rules().policies().getFirst().rotation();
        if (rotation == null) {
            throw new AssertionError("the policy rotates");
        }
        return rotation;
    }

    private static Account account() {
        return new Account(new AccountId(ACCOUNT), ACCOUNT, Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    }

    private static Address dora() {
        return new Address(account(), new UserName("dora"), new UserId("AIDADORA"), null);
    }

    private static Parcel parcel() {
        return new Parcel(new KeyId("AKIAEXAMPLE00000K4TD"), new Secret("s"), Map.of(), MADE, MADE);
    }

    private static AwsAccounts accounts(Settings settings, Map<String, String> environment) throws Exception {
        AwsAccounts accounts = new AwsAccounts(
                new AwsSettings(settings.accounts(), ReadMode.LIVE, Duration.ofSeconds(20), true, environment, "test"),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system());
        accounts.each(entry -> {});
        return accounts;
    }

    @Test
    void what_iam_policy_prints_for_the_creating_role_is_enough_to_deliver_and_not_to_read_another_secret()
            throws Exception {
        Settings settings = settings("{to: secrets-manager, readers: [\"arn:aws:iam::${account}:role/keyturn-read\"],"
                + " name: \"team/${account}/${user}\"}");
        World world = World.generate(new WorldSpec(3, 1, 3, 0, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL", server.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                    "AWS_REGION", "eu-central-1");
            List<Statement> create = new IamPolicies(settings, environment).of(Role.CREATE);
            world.management()
                    .putRole(SimRole.of(
                            "keyturn-create",
                            create.stream().map(SinksTest::allowed).toArray(PolicyDocument[]::new)));
            try (AwsAccounts accounts = accounts(settings, environment);
                    Sinks sinks = new Sinks(accounts, environment, InstantSource.system());
                    SecretSink sink = sinks.open(account(), rotation(settings))) {
                assertThat(sink.prove(dora())).isInstanceOf(Answer.Confirmed.class);
                assertThat(sink.deliver(dora(), parcel())).isInstanceOf(Answer.Confirmed.class);
                assertThat(sink.clear(dora(), parcel().key())).isInstanceOf(Answer.Confirmed.class);
            }
            assertThat(create)
                    .filteredOn(one -> one.actions().contains("secretsmanager:GetSecretValue"))
                    .allSatisfy(one -> assertThat(one.resources())
                            .containsExactly(
                                    "arn:aws:secretsmanager:*:111122223333:secret:team/111122223333/*",
                                    "arn:aws:secretsmanager:*:111122223333:secret:team/111122223333/*-??????"));
        }
    }

    private static PolicyDocument allowed(Statement statement) {
        return PolicyDocument.parse(JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "Statement",
                        Map.of(
                                "Effect", "Allow",
                                "Action", statement.actions(),
                                "Resource", statement.resources()))));
    }

    @Test
    void every_kind_of_sink_is_opened_by_its_name() throws Exception {
        String key = "arn:aws:kms:eu-central-1:111122223333:key/1234";
        World world = World.generate(new WorldSpec(3, 1, 3, 0, Instant.now()));
        try (SandboxServer server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system())) {
            Map<String, String> environment = Map.of(
                    "AWS_ENDPOINT_URL", server.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                    "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                    "AWS_REGION", "eu-central-1");
            for (String deliver : List.of(
                    "{to: ssm, kms-key: \"" + key + "\"}",
                    "{to: s3, bucket: fernhill-keys, kms-key: \"" + key + "\"}",
                    "{to: file, folder: out, recipients: [{user: \"arn:aws:iam::*:user/*\", key-file: a.asc}]}",
                    "{to: program, path: /bin/true, sha256: " + "0".repeat(64) + "}")) {
                Settings settings = settings(deliver);
                try (AwsAccounts accounts = accounts(settings, environment);
                        Sinks sinks = new Sinks(accounts, environment, InstantSource.system());
                        SecretSink sink = sinks.open(account(), rotation(settings))) {
                    // Parameters need no bucket, program or key of dora's, none of which is there.
                    assertThat(
                                    switch (sink.prove(dora())) {
                                        case Answer.Confirmed confirmed -> confirmed.place();
                                        case Answer.Refused(Problem problem) -> problem.on();
                                        case Answer.InDoubt(Problem problem) -> "in doubt: " + problem.sentence();
                                    })
                            .as(deliver)
                            .startsWith(
                                    deliver.contains("ssm")
                                            ? "arn:aws:ssm:eu-central-1:111122223333:parameter/"
                                            : "dora in account 111122223333");
                }
            }
        }
    }
}
