package io.keyturn.engine.tell;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static final Account ACCOUNT = new Account(
            new AccountId("111122223333"), "production", Partition.AWS, Fact.notRead(), Fact.notRead(), false);
    private static final Reason QUARANTINED = new Reason.Quarantined("AWSCompromisedKeyQuarantineV3");

    private final Watch watch = new Watch();
    private final List<String> rung = new ArrayList<>();
    private JournalStore store = new MemoryJournalStore();
    private String over = "";
    private Alarm.Ringing answer = new Alarm.Ringing.Taken();

    private final Alarm alarm = new Alarm() {
        @Override
        public Ringing raise(String key, Severity severity, String summary, Map<String, String> details) {
            rung.add(severity + " " + key + ": " + summary + " " + details.keySet());
            return answer;
        }

        @Override
        public String preview(String key, Severity severity, String summary, Map<String, String> details) {
            return summary;
        }

        @Override
        public Ringing resolve(String key) {
            rung.add("over " + key);
            return answer;
        }

        @Override
        public void close() {}
    };

    private List<Problem> ring() throws InterruptedException {
        return ring(watch);
    }

    private List<Problem> ring(Watch run) throws InterruptedException {
        return run.ring(
                alarm,
                (account, user, keys) -> !user.name().value().equals(over) && !keys.isEmpty(),
                new RaisedAlarms(store));
    }

    private static Snapshot read(Reading reading, User... users) {
        return new Snapshot(
                ACCOUNT,
                ReadVia.LIVE,
                Instant.parse("2026-11-23T08:00:00Z"),
                reading,
                List.of(),
                Fact.notRead(),
                List.of(users));
    }

    private static Snapshot partly() {
        return read(new Reading.Partial("a page is missing"));
    }

    /** A later run, in which that was read and no leaked key found. */
    private List<String> later(Snapshot snapshot) throws InterruptedException {
        rung.clear();
        Watch run = new Watch();
        run.know(snapshot, Stage.NOTIFY, List.of());
        ring(run);
        return List.copyOf(rung);
    }

    @Test
    void theAlarmOfAKeyNobodyWasToldOfEndsOnceTheKeyIsGone() throws Exception {
        watch.know(partly(), Stage.NOTIFY, List.of(finding("ann", true, QUARANTINED)));
        ring();

        assertThat(later(partly())).containsExactly("over run");
        answer = new Alarm.Ringing.InDoubt(new Problem("send the event", "channels.pagerduty", "no answer", ""));
        assertThat(later(read(Reading.COMPLETE))).containsExactly("over leaked/111122223333/AIDAann", "over run");
        answer = new Alarm.Ringing.Taken();
        assertThat(later(read(Reading.COMPLETE))).containsExactly("over leaked/111122223333/AIDAann", "over run");
        assertThat(later(read(Reading.COMPLETE))).containsExactly("over run");
    }

    @Test
    void anAlarmDoesNotEndWhereItCannotBeReadWhetherTheKeyLeaked() throws Exception {
        watch.know(partly(), Stage.NOTIFY, List.of(finding("ann", true, QUARANTINED)));
        ring();

        User unclear = user("ann", Fact.unknown("throttled"), true);
        assertThat(later(read(Reading.COMPLETE, unclear))).containsExactly("over run");
        assertThat(later(read(Reading.COMPLETE, user("ann", Fact.unknown("throttled"), false))))
                .contains("over leaked/111122223333/AIDAann");
    }

    @Test
    void whoIsRaisedAgainIsRememberedAgainAndAStoreThatIsDownKeepsNobodyAsleep() throws Exception {
        watch.know(partly(), Stage.NOTIFY, List.of(finding("ann", true, QUARANTINED)));
        ring();
        ring();
        assertThat(new RaisedAlarms(store).all()).containsExactly("leaked/111122223333/AIDAann");

        store = down();
        rung.clear();
        assertThat(ring()).isNotEmpty();
        assertThat(rung).anyMatch(one -> one.startsWith("CRITICAL leaked/111122223333/AIDAann: "));
    }

    private static JournalStore down() {
        return (JournalStore) Proxy.newProxyInstance(
                WatchTest.class.getClassLoader(), new Class<?>[] {JournalStore.class}, (self, method, arguments) -> {
                    throw new StoreFailure(
                            StoreFailure.Kind.UNAVAILABLE, new Problem("use the store", "memory", "it is down", ""));
                });
    }

    private static User user(String name, Fact<List<String>> policies, boolean active) {
        Instant now = Instant.parse("2026-11-23T08:00:00Z");
        AccessKey key = new AccessKey(1, new KeyId("AKIAEXAMPLE000000ANN"), active, now, LastUse.NEVER_USED, now);
        return new User(
                new UserName(name),
                new UserId("AIDA" + name),
                "arn",
                "/",
                now,
                Fact.known(List.of(key), now),
                Fact.notRead(),
                Fact.notRead(),
                policies,
                Fact.notRead(),
                Fact.notRead(),
                Fact.notRead());
    }

    private static Finding finding(String name, boolean active, Reason reason) {
        Principal user = new Principal.OfUser(new UserName(name), new UserId("AIDA" + name), "arn");
        return new Finding(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        ACCOUNT.id(),
                        user,
                        null,
                        new KeyId("AKIAEXAMPLE000000ANN"),
                        null),
                active,
                null,
                LastUse.NEVER_USED,
                null,
                active ? Standing.LEAKED : Standing.INACTIVE,
                null,
                List.of(reason),
                Fact.notRead(),
                List.of(),
                List.of());
    }

    @Test
    void aLeakedKeyThatWorksWakesSomebodyAndOneThatIsOffEndsTheAlarm() throws Exception {
        Reason said = new Reason.Compromised(
                new Compromise("id-1", "alice", "in a public repository", Instant.parse("2026-11-23T08:00:00Z")));
        watch.know(
                partly(),
                Stage.NOTIFY,
                List.of(
                        finding("ann", true, said),
                        finding("bob", false, QUARANTINED),
                        finding("cid", true, QUARANTINED)));

        assertThat(ring()).isEmpty();

        assertThat(rung)
                .containsExactly(
                        "CRITICAL leaked/111122223333/AIDAann: a leaked access key of ann in production still works:"
                                + " alice declared it compromised on 2026-11-23: in a public repository"
                                + " [account, user, what to do, why]",
                        "CRITICAL leaked/111122223333/AIDAcid: a leaked access key of cid in production still works:"
                                + " AWS found it leaked and attached AWSCompromisedKeyQuarantineV3"
                                + " [account, user, what to do, why]",
                        "over leaked/111122223333/AIDAbob",
                        "over run");
    }

    @Test
    void nobodyIsWokenForAKeyThatIsOffByNowThoughTheReportStillShowsItActive() throws Exception {
        over = "ann";
        watch.know(partly(), Stage.ENFORCE, List.of(finding("ann", true, QUARANTINED)));

        ring();

        assertThat(rung).containsExactly("over leaked/111122223333/AIDAann", "over run");
    }

    @Test
    void whereALeakedKeyIsGoneTheAlarmEndsUnlessAnotherOfTheUserStillWorks() throws Exception {
        Finding ann = finding("ann", true, QUARANTINED);
        watch.know(partly(), Stage.ENFORCE, List.of(ann));
        watch.know(new Plan(
                List.of(
                        new Action.CloseNotice(ann.credential(), List.of(), Settled.GONE),
                        new Action.CloseNotice(finding("bob", true, QUARANTINED).credential(), List.of(), Settled.GONE),
                        new Action.Delete(finding("cid", false, QUARANTINED).credential(), List.of())),
                List.of(),
                "hash"));

        ring();

        assertThat(rung)
                .hasSize(3)
                .anyMatch(one -> one.startsWith("CRITICAL leaked/111122223333/AIDAann: "))
                .contains("over leaked/111122223333/AIDAbob", "over run");
    }

    @Test
    void nothingLeavesAnAccountThatIsOnlyObserved() throws Exception {
        watch.know(partly(), Stage.OBSERVE, List.of(finding("ann", true, QUARANTINED)));

        ring();

        assertThat(rung).containsExactly("over run");
    }

    @Test
    void whatKeyturnCouldNotDoIsOneAlarmAndWhatIsNotTakenIsTold() throws Exception {
        watch.failed("could not read the keys of production: denied");
        watch.failed("could not deactivate the key of ann: throttled");
        answer = new Alarm.Ringing.Refused(new Problem("send the event", "channels.pagerduty", "it answered 400", ""));

        assertThat(ring()).hasSize(1);
        assertThat(rung)
                .containsExactly(
                        "ERROR run: Keyturn could not do all of its work: could not read the keys of production:"
                                + " denied, and 1 more [problem 1, problem 2]");

        answer = new Alarm.Ringing.InDoubt(new Problem("send the event", "channels.pagerduty", "no answer", ""));
        assertThat(ring()).hasSize(1);
    }

    @Test
    void aKeyThatIsNotLeakedOrIsTheRootUsersWakesNobody() throws Exception {
        Finding ann = finding("ann", true, QUARANTINED);
        CredentialId plain = ann.credential();
        CredentialId root = new CredentialId(plain.kind(), plain.account(), Principal.ROOT, 1, null, null);
        watch.know(partly(), Stage.ENFORCE, List.of(of(root, ann), finding("bob", true, new Reason.NoOwner())));
        watch.know(new Plan(List.of(new Action.CloseNotice(root, List.of(), Settled.GONE)), List.of(), "hash"));

        assertThat(ring()).isEmpty();
        assertThat(rung).containsExactly("over run");
    }

    private static Finding of(CredentialId credential, Finding like) {
        return new Finding(
                credential,
                like.active(),
                like.age(),
                like.lastUse(),
                like.idle(),
                like.standing(),
                like.governedBy(),
                like.reasons(),
                like.owner(),
                List.of(),
                List.of());
    }

    @Test
    void anAlarmThatIsNotTakenIsToldAndOneFailureIsToldWithoutMore() throws Exception {
        watch.failed("could not read the keys of production: denied");
        assertThat(ring()).isEmpty();
        assertThat(rung)
                .containsExactly("ERROR run: Keyturn could not do all of its work: could not read the keys of"
                        + " production: denied [problem 1]");
    }

    @Test
    void anAlarmDoesNotEndWhereTheKeysOfTheUserAreNotKnown() throws Exception {
        watch.know(partly(), Stage.NOTIFY, List.of(finding("ann", true, QUARANTINED)));
        ring();

        User unread = user("ann", Fact.unknown("throttled"), false).withKeys(Fact.unknown("throttled"));
        assertThat(later(read(Reading.COMPLETE, unread))).containsExactly("over run");
    }

    @Test
    void whatARunThatWasStoppedDidNotFindOutEndsNoAlarmOfKeyturnsOwn() throws Exception {
        watch.halted();
        assertThat(ring()).isEmpty();
        assertThat(rung).isEmpty();
    }

    @Test
    void aLeakWhoseKeyIsNotIdentifiedIsRaisedToo() throws Exception {
        Finding ann = finding("ann", true, QUARANTINED);
        CredentialId known = ann.credential();
        CredentialId slot = new CredentialId(known.kind(), known.account(), known.principal(), 1, null, null);
        watch.know(partly(), Stage.NOTIFY, List.of(of(slot, ann)));
        watch.ring(alarm, (account, user, keys) -> keys.isEmpty(), new RaisedAlarms(store));
        assertThat(rung).hasSize(2).first().asString().startsWith("CRITICAL leaked/111122223333/AIDAann: ");
    }
}
