package io.keyturn.adapters.aws.deliver;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.AwsSettings;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Delivery;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.policy.PolicyDocument;
import io.keyturn.sandbox.world.Consistency;
import io.keyturn.sandbox.world.SimRole;
import io.keyturn.sandbox.world.SimSecret;
import io.keyturn.sandbox.world.SimUser;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldOptions;
import io.keyturn.sandbox.world.WorldSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/** A member account of the simulated AWS, entered by Keyturn's creating role, and its user dora with roles around her. */
final class Scene implements AutoCloseable {
    static final String ACCOUNT = "111122223334";
    static final String WEB = "arn:aws:iam::" + ACCOUNT + ":role/web";
    static final String CREATOR = "arn:aws:iam::" + ACCOUNT + ":role/keyturn-create";
    static final Instant MADE = Instant.parse("2026-11-23T08:00:00Z");

    final World world;
    final SandboxServer server;
    final AwsAccounts accounts;
    final AwsSinks sinks;
    final Map<String, String> environment;

    Scene() throws Exception {
        this(CREATOR, Faults.NONE);
    }

    /** @param role that the account is entered by; null for the administrator of the management account as it is */
    Scene(@Nullable String role, Faults faults) throws Exception {
        WorldOptions prompt = WorldOptions.DEFAULT.with(Consistency.STALE_ON_DEMAND);
        world = World.generate(new WorldSpec(3, 3, 9, 0.1, Instant.now()).with(prompt));
        world.account(ACCOUNT).put(user("dora"));
        world.management().put(user("dora"));
        for (String name : List.of("web", "spy", "AWSReservedSSO_Web_0123456789abcdef")) {
            world.account(ACCOUNT)
                    .putRole(SimRole.of(name, PolicyDocument.allow(List.of("secretsmanager:GetSecretValue"), "*")));
        }
        server = SandboxServer.start(world, DoorOptions.defaults().with(faults), InstantSource.system());
        environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", server.accessKeyId(),
                "AWS_SECRET_ACCESS_KEY", server.secretAccessKey(),
                "AWS_REGION", "eu-central-1"));
        AccountSource source =
                role == null ? new AccountSource.Ambient(null, false) : new AccountSource.Role(role, null, false);
        accounts = new AwsAccounts(
                new AwsSettings(List.of(source), ReadMode.LIVE, Duration.ofSeconds(20), true, environment, "test"),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system());
        accounts.each(entry -> {});
        sinks = new AwsSinks(environment, time -> {});
    }

    private static SimUser user(String name) {
        return new SimUser(
                name,
                "AIDA" + name,
                "/people/",
                MADE,
                false,
                false,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of());
    }

    static Account account(String id) {
        return new Account(new AccountId(id), id, Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    }

    static Address address(String user, @Nullable Owner owner) {
        return new Address(account(ACCOUNT), new UserName(user), new UserId("AIDA" + user), owner);
    }

    static Address dora() {
        return address("dora", null);
    }

    /** A key whose secret says which it is. */
    static Parcel parcel(String id, String secret) {
        return new Parcel(key(id), new Secret(secret), Map.of(), MADE, MADE.plus(Duration.ofDays(14)));
    }

    static KeyId key(String id) {
        return new KeyId(("AKIA" + id + "00000000000000000000").substring(0, 20));
    }

    static Delivery.SecretsManager to(String... readers) {
        return new Delivery.SecretsManager(List.of(readers), false, Delivery.Place.DEFAULT);
    }

    SecretSink sink(String... readers) throws Exception {
        return sink(to(readers), false);
    }

    SecretSink sink(Delivery.SecretsManager delivery, boolean selfFetch) throws Exception {
        return sinks.secretsManager(accounts.door(account(ACCOUNT)), delivery, selfFetch);
    }

    /** The only secret there is. */
    SimSecret secret() {
        return world.vault().all().getFirst();
    }

    /** What the secret's current value is in truth. */
    String current() {
        SimSecret.Version version = secret().at("AWSCURRENT");
        return version == null ? "" : version.value();
    }

    /** What somebody gets who reads the secret as AWS tools do: its value, or the error's code. */
    String read(String role, String session) {
        try (StsClient sts = StsClient.builder()
                        .region(Region.EU_CENTRAL_1)
                        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(server.accessKeyId(), server.secretAccessKey())))
                        .build();
                SecretsManagerClient client = SecretsManagerClient.builder()
                        .region(Region.EU_CENTRAL_1)
                        .endpointOverride(URI.create(environment.get("AWS_ENDPOINT_URL")))
                        .credentialsProvider(StaticCredentialsProvider.create(session(sts, role, session)))
                        .build()) {
            return client.getSecretValue(r -> r.secretId(secret().arn())).secretString();
        } catch (AwsServiceException refused) {
            return refused.awsErrorDetails().errorCode();
        }
    }

    private static AwsSessionCredentials session(StsClient sts, String role, String name) {
        var made = sts.assumeRole(r -> r.roleArn(role).roleSessionName(name)).credentials();
        return AwsSessionCredentials.create(made.accessKeyId(), made.secretAccessKey(), made.sessionToken());
    }

    static String why(Answer answer) {
        return switch (answer) {
            case Answer.Confirmed confirmed -> "confirmed";
            case Answer.Refused(var problem) -> "refused: " + problem.sentence();
            case Answer.InDoubt(var problem) -> "in doubt: " + problem.sentence();
        };
    }

    @Override
    public void close() {
        sinks.close();
        accounts.close();
        server.close();
    }
}
