package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.AccountReading;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.KeyIdMemory;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.ReadMode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers of AWS that are rare, late, wrong or refused. */
class OddAnswersTest {
    private static final Needs KEYS = new Needs(Set.of(), Needs.Identify.NONE);
    private static final AccountSource AMBIENT = new AccountSource.Ambient(null, false);

    private FakeAws aws;
    private final Meter meter = new Meter();

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private AwsAccounts accounts(AccountSource source, ReadMode mode, Duration deadline) {
        return new AwsAccounts(
                new AwsSettings(List.of(source), mode, deadline, true, aws.environment(), "test"),
                KeyIdMemory.NONE,
                meter,
                InstantSource.system());
    }

    private static List<AccountEntry> entries(AwsAccounts accounts) throws InterruptedException {
        List<AccountEntry> entries = new ArrayList<>();
        accounts.each(entries::add);
        return entries;
    }

    private Snapshot read(ReadMode mode, Needs needs) throws Exception {
        return read(mode, needs, Duration.ofSeconds(30));
    }

    private Snapshot read(ReadMode mode, Needs needs, Duration deadline) throws Exception {
        try (AwsAccounts accounts = accounts(AMBIENT, mode, deadline)) {
            AccountReading reading = ((AccountEntry.Readable) entries(accounts).getFirst())
                    .reader()
                    .begin(needs);
            reading.awaitReady();
            Snapshot snapshot = reading.read();
            if (needs.identify() == Needs.Identify.NONE) {
                return snapshot;
            }
            return reading.identify(
                    snapshot,
                    Set.copyOf(snapshot.users().stream().map(user -> user.id()).toList()));
        }
    }

    private static List<String> names(Snapshot snapshot) {
        return snapshot.users().stream().map(user -> user.name().value()).toList();
    }

    @Test
    void aRoleThatMayNotUseTheReportIsReadLiveAndToldSo() throws Exception {
        aws.denied("GenerateCredentialReport").on("ListUsers", r -> FakeAws.users(null, "ann"));
        Snapshot snapshot = read(ReadMode.AUTO, KEYS);
        assertThat(snapshot.via()).isEqualTo(ReadVia.LIVE);
        assertThat(snapshot.reading()).isEqualTo(Reading.COMPLETE);
        assertThat(snapshot.notes())
                .containsExactly(
                        "read live: the role may not use the credential report (iam:GenerateCredentialReport denied)");
    }

    @Test
    void aRoleThatMayNotUseTheReportFailsWhereOnlyTheReportIsAllowed() {
        aws.denied("GenerateCredentialReport");
        assertThatThrownBy(() -> read(ReadMode.REPORT, KEYS))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("account " + FakeAws.ACCOUNT)
                .hasMessageContaining("AccessDenied");
    }

    @Test
    void anEmptyPageWithAMarkerIsFollowed() throws Exception {
        aws.on("ListUsers", r -> switch (String.valueOf(r.get("Marker"))) {
            case "null" -> FakeAws.users("a", "zoe");
            case "a" -> FakeAws.users("b");
            default -> FakeAws.users(null, "ann");
        });
        assertThat(names(read(ReadMode.LIVE, KEYS))).containsExactly("ann", "zoe");
    }

    @Test
    void aMarkerThatComesTwiceEndsTheListAndTheReadingIsPartial() throws Exception {
        aws.on("ListUsers", r -> FakeAws.users("same", "user" + aws.count("ListUsers")));
        Snapshot snapshot = read(ReadMode.LIVE, KEYS);
        assertThat(snapshot.reading())
                .isInstanceOfSatisfying(
                        Reading.Partial.class,
                        partial -> assertThat(partial.why()).contains("same page token twice"));
    }

    @Test
    void aUserDeletedMeanwhileIsDropped() throws Exception {
        aws.on("ListUsers", r -> FakeAws.users(null, "ann", "bob"));
        aws.answer(
                "ListAccessKeys",
                r -> r.get("UserName").equals("ann")
                        ? FakeAws.error(404, "NoSuchEntity", "no user ann")
                        : new FakeAws.Answer(200, FakeAws.result("ListAccessKeys", FakeAws.keys("bob"))));
        Snapshot snapshot = read(ReadMode.LIVE, KEYS);
        assertThat(names(snapshot)).containsExactly("bob");
        assertThat(snapshot.reading()).isEqualTo(Reading.COMPLETE);
    }

    @Test
    void oneRefusedKindOfCallMakesThatFactUnknownAndTheReadingPartial() throws Exception {
        aws.on("ListUsers", r -> FakeAws.users(null, "ann", "bob")).denied("ListUserTags");
        Snapshot snapshot = read(ReadMode.LIVE, KEYS.and(Set.of(FactName.TAGS)));
        assertThat(snapshot.users()).hasSize(2).allSatisfy(user -> {
            assertThat(user.tags()).isInstanceOf(Fact.Unknown.class);
            assertThat(user.keys()).isInstanceOf(Fact.Known.class);
        });
        assertThat(snapshot.reading())
                .isInstanceOfSatisfying(
                        Reading.Partial.class,
                        partial -> assertThat(partial.why())
                                .contains("the tags of users", "iam:ListUserTags", "the first of 2"));
    }

    @Test
    void throttledCallsAreRepeatedUntilNothingIsMissing() throws Exception {
        String[] names = new String[40];
        java.util.Arrays.setAll(names, i -> "user" + (100 + i));
        AtomicInteger calls = new AtomicInteger();
        aws.on("ListUsers", r -> FakeAws.users(null, names));
        aws.answer(
                "ListAccessKeys",
                r -> calls.incrementAndGet() <= 5
                        ? FakeAws.error(400, "Throttling", "Rate exceeded")
                        : new FakeAws.Answer(200, FakeAws.result("ListAccessKeys", FakeAws.keys(r.get("UserName")))));
        Snapshot snapshot = read(ReadMode.LIVE, KEYS);
        assertThat(snapshot.users()).hasSize(40);
        assertThat(snapshot.reading()).isEqualTo(Reading.COMPLETE);
        assertThat(meter.throttles.sum()).isPositive();
    }

    @Test
    void endlessThrottlingEndsAtTheDeadlineAndIsNeverSilent() {
        aws.answer("ListUsers", r -> FakeAws.error(400, "Throttling", "Rate exceeded"));
        assertThatThrownBy(() -> read(ReadMode.LIVE, KEYS, Duration.ofSeconds(5)))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("deadline passed")
                .hasMessageContaining("Throttling");
    }

    @Test
    void anAnswerThatNeverComesAfterThrottlingEndsAtTheDeadlineAndBothAreTold() {
        CountDownLatch never = new CountDownLatch(1);
        aws.answer(
                "ListUsers",
                r -> aws.count("ListUsers") == 1
                        ? FakeAws.error(400, "Throttling", "Rate exceeded")
                        : FakeAws.hanging(never));
        assertThatThrownBy(() -> read(ReadMode.LIVE, KEYS, Duration.ofSeconds(5)))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining(
                        "the account's deadline passed; the last try failed because AWS answered Throttling"
                                + " (Rate exceeded)");
    }

    @Test
    void aReportThatNeverCompletesEndsAtTheDeadline() {
        aws.on("GenerateCredentialReport", r -> "<State>STARTED</State>");
        assertThatThrownBy(() -> read(ReadMode.REPORT, KEYS, Duration.ofSeconds(5)))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("the credential report was not ready when the account's deadline passed");
    }

    private void ready(String report) {
        aws.on("GenerateCredentialReport", r -> "<State>COMPLETE</State>").on("GetCredentialReport", r -> report);
    }

    private void details(String... names) {
        StringBuilder members = new StringBuilder("<UserDetailList>");
        for (String name : names) {
            members.append("<member>").append(FakeAws.user(name)).append("</member>");
        }
        aws.on("GetAccountAuthorizationDetails", r -> members + "</UserDetailList>" + FakeAws.more(null));
    }

    @Test
    void aReportOfAnotherAccountIsRefused() {
        ready(FakeAws.report("999988887777", "ann,true,2024-01-01T00:00:00+00:00,N/A,false,N/A,N/A"));
        details("ann");
        assertThatThrownBy(() -> read(ReadMode.REPORT, KEYS))
                .isInstanceOf(ReadFailure.class)
                .hasMessageContaining("999988887777");
    }

    @Test
    void aUserInOnlyOneOfReportAndDetailsIsReadLive() throws Exception {
        ready(FakeAws.report(FakeAws.ACCOUNT, "gone,true,2024-01-01T00:00:00+00:00,N/A,false,N/A,N/A"));
        details("fresh");
        aws.answer("GetUser", r -> FakeAws.error(404, "NoSuchEntity", "no such user"));
        Snapshot snapshot = read(ReadMode.REPORT, KEYS);
        assertThat(names(snapshot)).containsExactly("fresh");
        assertThat(snapshot.users().getFirst().keys().orElse(List.of())).allMatch(key -> key.id() != null);
        assertThat(snapshot.reading()).isEqualTo(Reading.COMPLETE);
    }

    @Test
    void twoKeysOfOneSecondAreReplacedByTheLiveOnes() throws Exception {
        String second = "2024-01-01T00:00:00+00:00";
        ready(FakeAws.report(FakeAws.ACCOUNT, "ann,true," + second + ",N/A,true," + second + ",N/A"));
        details("ann");
        aws.on(
                "ListAccessKeys",
                r -> FakeAws.keys(
                        "ann",
                        FakeAws.key("ann", 1, "2024-01-01T00:00:00Z"),
                        FakeAws.key("ann", 2, "2024-01-01T00:00:00Z")));
        Snapshot snapshot = read(ReadMode.REPORT, new Needs(Set.of(), Needs.Identify.ALL));
        assertThat(snapshot.users().getFirst().keys().orElse(List.of()))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.id() != null && key.slot() == null);
    }

    @Test
    void idsThatCannotBeLearntLeaveTheKeysAndMakeTheReadingPartial() throws Exception {
        ready(FakeAws.report(FakeAws.ACCOUNT, "ann,true,2024-01-01T00:00:00+00:00,N/A,false,N/A,N/A"));
        details("ann");
        aws.denied("ListAccessKeys");
        Snapshot snapshot = read(ReadMode.REPORT, new Needs(Set.of(), Needs.Identify.ALL));
        assertThat(snapshot.users().getFirst().keys().orElse(List.of())).hasSize(1);
        assertThat(snapshot.reading().complete()).isFalse();
    }

    @Test
    void anOrganizationIsFollowedThroughEmptyPagesAndSuspendedAccountsAreListed() throws Exception {
        aws.answer(
                "ListAccounts",
                r -> new FakeAws.Answer(
                        200,
                        r.get("json").contains("NextToken")
                                ? "{\"Accounts\":[{\"Id\":\"222233334444\",\"Name\":\"dev\",\"Status\":\"ACTIVE\"},"
                                        + "{\"Id\":\"333344445555\",\"Name\":\"old\",\"Status\":\"SUSPENDED\"},"
                                        + "{\"Id\":\"444455556666\",\"Name\":\"left out\",\"State\":\"ACTIVE\"}]}"
                                : "{\"Accounts\":[],\"NextToken\":\"more\"}"));
        aws.denied("AssumeRole");
        AccountSource source = new AccountSource.Organization(
                "reader",
                null,
                List.of(),
                List.of(),
                Set.of(new io.keyturn.core.model.AccountId("444455556666")),
                false);
        try (AwsAccounts accounts = accounts(source, ReadMode.LIVE, Duration.ofSeconds(30))) {
            List<AccountEntry> entries = entries(accounts);
            assertThat(entries.stream().map(AccountEntry::label))
                    .containsExactly("dev (222233334444)", "old (333344445555)", "left out (444455556666)");
            assertThat(entries.get(1))
                    .isInstanceOfSatisfying(
                            AccountEntry.Skipped.class,
                            skipped -> assertThat(skipped.why()).contains("SUSPENDED"));
            assertThat(entries.get(2)).isInstanceOf(AccountEntry.Skipped.class);
            AccountEntry.Readable dev = (AccountEntry.Readable) entries.getFirst();
            assertThatThrownBy(() -> dev.reader().begin(KEYS))
                    .isInstanceOf(ReadFailure.class)
                    .hasMessageContaining("account 222233334444 (dev)")
                    .hasMessageContaining("AccessDenied");
        }
    }

    @Test
    void anInterruptedReadingEndsAtOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        aws.answer("ListUsers", r -> {
            asked.countDown();
            return FakeAws.hanging(never);
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                read(ReadMode.LIVE, KEYS);
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        asked.await();
        reader.interrupt();
        assertThat(reader.join(Duration.ofSeconds(10))).isTrue();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        never.countDown();
    }

    @Test
    void anAccountThatTwoSourcesNameIsReadOnce() throws Exception {
        AwsSettings settings = new AwsSettings(
                List.of(AMBIENT, AMBIENT), ReadMode.LIVE, Duration.ofSeconds(30), false, aws.environment(), "test");
        try (AwsAccounts accounts = new AwsAccounts(settings, KeyIdMemory.NONE, meter, InstantSource.system())) {
            List<AccountEntry> entries = entries(accounts);
            assertThat(entries.getFirst()).isInstanceOf(AccountEntry.Readable.class);
            assertThat(entries.get(1)).isInstanceOf(AccountEntry.Skipped.class);
        }
    }

    @Test
    void expiredCredentialsAreNamedAsSuchWithTheWayOut() throws Exception {
        aws.answer("GetCallerIdentity", r -> FakeAws.error(403, "ExpiredToken", "The security token is expired"));
        try (AwsAccounts accounts = accounts(AMBIENT, ReadMode.AUTO, Duration.ofSeconds(30))) {
            AccountEntry.Unreachable entry =
                    (AccountEntry.Unreachable) entries(accounts).getFirst();
            assertThat(entry.problem().sentence()).contains("ExpiredToken", "log in again", "the default credentials");
        }
    }

    @Test
    void unitsOfAnOrganizationAreWalkedAndChosenByPath() throws Exception {
        aws.answer("ListRoots", r -> new FakeAws.Answer(200, "{\"Roots\":[{\"Id\":\"r-root\"}]}"));
        aws.answer(
                "ListOrganizationalUnitsForParent",
                r -> new FakeAws.Answer(
                        200,
                        r.get("json").contains("r-root")
                                ? "{\"OrganizationalUnits\":[{\"Id\":\"ou-1\",\"Name\":\"Workloads\"}]}"
                                : r.get("json").contains("ou-1")
                                        ? "{\"OrganizationalUnits\":[{\"Id\":\"ou-2\",\"Name\":\"Dev\"}]}"
                                        : "{\"OrganizationalUnits\":[]}"));
        aws.answer(
                "ListAccountsForParent",
                r -> new FakeAws.Answer(
                        200,
                        r.get("json").contains("r-root")
                                ? "{\"Accounts\":[{\"Id\":\"222233334444\",\"Name\":\"top\",\"Status\":\"ACTIVE\"}]}"
                                : r.get("json").contains("ou-2")
                                        ? "{\"Accounts\":[{\"Id\":\"333344445555\",\"Name\":\"dev\",\"Status\":\"ACTIVE\"}]}"
                                        : "{\"Accounts\":[]}"));
        AccountSource source =
                new AccountSource.Organization("reader", null, List.of("Workloads"), List.of(), Set.of(), false);
        try (AwsAccounts accounts = accounts(source, ReadMode.LIVE, Duration.ofSeconds(30))) {
            List<AccountEntry> entries = entries(accounts);
            assertThat(entries.get(0)).isInstanceOf(AccountEntry.Skipped.class);
            assertThat(entries.get(1)).isInstanceOf(AccountEntry.Readable.class);
            assertThat(entries.get(1).label()).isEqualTo("dev (333344445555)");
        }
    }
}
