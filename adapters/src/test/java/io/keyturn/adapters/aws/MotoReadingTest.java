package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.store.SqliteKeyIds;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.Tag;

/** The whole reading against moto's server, unmodified. */
class MotoReadingTest {
    private static final AccountId MOTO = new AccountId("123456789012");
    private static final Needs EVERYTHING =
            new Needs(EnumSet.complementOf(EnumSet.of(FactName.ACCOUNT_OU, FactName.ACCOUNT_TAGS)), Needs.Identify.ALL);

    @TempDir
    static Path folder;

    private static Moto moto;

    @BeforeAll
    static void start() throws Exception {
        moto = Moto.start();
        try (IamClient iam = IamClient.builder()
                .endpointOverride(URI.create(moto.url()))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIATESTTESTTESTTEST", "secret")))
                .build()) {
            for (int i = 0; i < 12; i++) {
                String name = "user-" + i;
                iam.createUser(r -> r.userName(name)
                        .path("/team/")
                        .tags(Tag.builder().key("Slack").value("@owner").build()));
                String id =
                        iam.createAccessKey(r -> r.userName(name)).accessKey().accessKeyId();
                if (i % 3 == 0) {
                    iam.updateAccessKey(r -> r.userName(name).accessKeyId(id).status(StatusType.INACTIVE));
                }
                if (i % 4 == 0) {
                    iam.createLoginProfile(r -> r.userName(name).password("Pass-word-1234"));
                }
            }
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (moto != null) {
            moto.close();
        }
    }

    private static AwsSettings settings(ReadMode mode, AccountSource source, String... environment) {
        return new AwsSettings(
                List.of(source), mode, Duration.ofSeconds(60), false, moto.environment(environment), "keyturn-test");
    }

    private static List<AccountEntry> entries(AwsAccounts accounts) throws InterruptedException {
        List<AccountEntry> entries = new ArrayList<>();
        accounts.each(entries::add);
        return entries;
    }

    private static Snapshot read(ReadMode mode, KeyIdMemory memory, Meter meter) throws Exception {
        AccountSource source = new AccountSource.Ambient(MOTO, false);
        try (AwsAccounts accounts = new AwsAccounts(settings(mode, source), memory, meter, InstantSource.system())) {
            AccountEntry.Readable entry =
                    (AccountEntry.Readable) entries(accounts).getFirst();
            AccountReading reading = entry.reader().begin(EVERYTHING);
            reading.awaitReady();
            Snapshot snapshot = reading.read();
            Set<UserId> users = new HashSet<>();
            snapshot.users().forEach(user -> users.add(user.id()));
            return reading.identify(snapshot, users);
        }
    }

    /** What both ways must agree on: everything but the times of reading and the places in a report. */
    private static List<List<Object>> facts(Snapshot snapshot) {
        List<List<Object>> facts = new ArrayList<>();
        for (User user : snapshot.users()) {
            List<Object> keys = new ArrayList<>();
            for (AccessKey key : user.keys().orElse(List.of())) {
                keys.add(List.of(key.id(), key.active(), key.created(), key.lastUse()));
            }
            facts.add(List.of(
                    user.name(),
                    user.id(),
                    user.arn(),
                    user.path(),
                    user.created(),
                    keys,
                    value(user.tags()),
                    value(user.groups()),
                    value(user.policies()),
                    value(user.boundary()),
                    value(user.console()),
                    value(user.mfa())));
        }
        return facts;
    }

    private static Object value(Fact<?> fact) {
        return ((Fact.Known<?>) fact).value();
    }

    @Test
    void reportAndLiveReadTheSameFacts() throws Exception {
        Snapshot report = read(ReadMode.REPORT, KeyIdMemory.NONE, new Meter());
        Snapshot live = read(ReadMode.LIVE, KeyIdMemory.NONE, new Meter());
        assertThat(report.via()).isEqualTo(ReadVia.REPORT);
        assertThat(live.via()).isEqualTo(ReadVia.LIVE);
        assertThat(live.reading()).isEqualTo(Reading.COMPLETE);
        assertThat(report.reading()).isEqualTo(Reading.COMPLETE);
        assertThat(live.users()).hasSize(12);
        assertThat(facts(report)).isEqualTo(facts(live));
    }

    @Test
    void keyIdsLearntOnceNeedNoCallInTheNextRun() throws Exception {
        try (SqliteKeyIds memory = SqliteKeyIds.in(folder.resolve("ids.db"))) {
            Meter first = new Meter();
            Meter second = new Meter();
            Snapshot learnt = read(ReadMode.REPORT, memory, first);
            Snapshot recalled = read(ReadMode.REPORT, memory, second);
            assertThat(facts(recalled)).isEqualTo(facts(learnt));
            assertThat(first.calls.sum() - second.calls.sum()).isGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void aReadingWithFewNeedsAsksNoMore() throws Exception {
        AccountSource source = new AccountSource.Ambient(null, false);
        Meter meter = new Meter();
        try (AwsAccounts accounts =
                new AwsAccounts(settings(ReadMode.LIVE, source), KeyIdMemory.NONE, meter, InstantSource.system())) {
            AccountEntry.Readable entry =
                    (AccountEntry.Readable) entries(accounts).getFirst();
            AccountReading reading = entry.reader().begin(new Needs(Set.of(), Needs.Identify.NONE));
            reading.awaitReady();
            Snapshot snapshot = reading.read();
            assertThat(snapshot.users()).allSatisfy(user -> {
                assertThat(user.tags()).isEqualTo(Fact.notRead());
                assertThat(user.console()).isEqualTo(Fact.notRead());
            });
            // Identity, alias, one page of users, and one list of keys for each of the 12.
            assertThat(meter.calls.sum()).isEqualTo(15);
        }
    }

    @Test
    void theWrongAccountIsUnreachableAndBothNumbersAreNamed() throws Exception {
        AccountSource source = new AccountSource.Ambient(new AccountId("999988887777"), false);
        try (AwsAccounts accounts = new AwsAccounts(
                settings(ReadMode.AUTO, source), KeyIdMemory.NONE, new Meter(), InstantSource.system())) {
            AccountEntry.Unreachable entry =
                    (AccountEntry.Unreachable) entries(accounts).getFirst();
            assertThat(entry.id()).isEqualTo("999988887777");
            assertThat(entry.problem().sentence()).contains("123456789012").contains("999988887777");
        }
    }

    @Test
    void anAssumedRoleReadsItsOwnAccount() throws Exception {
        AccountSource source = new AccountSource.Role("arn:aws:iam::111122223333:role/reader", "external", false);
        try (AwsAccounts accounts = new AwsAccounts(
                settings(ReadMode.LIVE, source), KeyIdMemory.NONE, new Meter(), InstantSource.system())) {
            AccountEntry.Readable entry =
                    (AccountEntry.Readable) entries(accounts).getFirst();
            AccountReading reading = entry.reader().begin(EVERYTHING);
            reading.awaitReady();
            Snapshot snapshot = reading.read();
            assertThat(snapshot.account().id().value()).isEqualTo("111122223333");
            assertThat(snapshot.users()).isEmpty();
        }
    }

    @Test
    void anUnknownProfileIsUnreachableWithTheNearestName() throws Exception {
        Path config = Files.writeString(
                folder.resolve("config"),
                "[profile production]\naws_access_key_id = AKIAPRODPRODPRODPROD\naws_secret_access_key = s\n");
        String[] files = {"AWS_CONFIG_FILE", config.toString(), "AWS_SHARED_CREDENTIALS_FILE", "/nonexistent"};
        try (AwsAccounts accounts = new AwsAccounts(
                settings(ReadMode.AUTO, new AccountSource.Profile("prodution", null, false), files),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system())) {
            AccountEntry.Unreachable entry =
                    (AccountEntry.Unreachable) entries(accounts).getFirst();
            assertThat(entry.problem().sentence())
                    .contains("profile prodution")
                    .contains("did you mean \"production\"?");
        }
        try (AwsAccounts accounts = new AwsAccounts(
                settings(ReadMode.AUTO, new AccountSource.Profile("production", null, false), files),
                KeyIdMemory.NONE,
                new Meter(),
                InstantSource.system())) {
            assertThat(entries(accounts).getFirst().label()).isEqualTo("production (123456789012)");
        }
    }

    @Test
    void withoutAnyCredentialsThePersonIsToldWhatToDo() throws Exception {
        Map<String, String> environment = new HashMap<>(moto.environment(
                "AWS_CONFIG_FILE",
                "/nonexistent",
                "AWS_SHARED_CREDENTIALS_FILE",
                "/nonexistent",
                "AWS_EC2_METADATA_DISABLED",
                "true"));
        environment.remove("AWS_ACCESS_KEY_ID");
        AwsSettings settings = new AwsSettings(
                List.of(new AccountSource.Ambient(null, false)),
                ReadMode.AUTO,
                Duration.ofSeconds(20),
                false,
                environment,
                "keyturn-test");
        try (AwsAccounts accounts = new AwsAccounts(settings, KeyIdMemory.NONE, new Meter(), InstantSource.system())) {
            AccountEntry.Unreachable entry =
                    (AccountEntry.Unreachable) entries(accounts).getFirst();
            assertThat(entry.problem().why()).doesNotContain("\n");
            assertThat(entry.problem().advice()).contains("AWS_PROFILE");
        }
    }

    @Test
    void everyIdThatIsUniqueIsLearnt() throws Exception {
        KeyIdMemory watching = new KeyIdMemory() {
            @Override
            public Map<Slot, KeyId> recall(AccountId account, Set<Slot> slots) {
                return Map.of();
            }

            @Override
            public void learn(AccountId account, java.util.Collection<UserId> users, Map<Slot, KeyId> ids) {
                assertThat(ids).hasSize(12);
            }
        };
        Snapshot snapshot = read(ReadMode.REPORT, watching, new Meter());
        assertThat(snapshot.users())
                .allSatisfy(user -> assertThat(user.keys().orElse(List.of())).allMatch(key -> key.id() != null));
    }
}
