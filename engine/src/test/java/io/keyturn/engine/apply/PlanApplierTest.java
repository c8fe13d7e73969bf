package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.CapLedger.Full;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plans over several accounts, each with one key that is due to be switched off. */
class PlanApplierTest {
    private static final AccountId ONE = new AccountId("000000000001");

    private final Scene scene = new Scene();
    private final Map<AccountId, FakeAccount> live = new LinkedHashMap<>();
    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();
    private final List<String> said = new ArrayList<>();
    private LiveAccounts doors = account -> live(account.id());

    @BeforeEach
    void threeAccounts() throws StoreFailure {
        for (int number = 1; number <= 3; number++) {
            AccountId id = new AccountId("00000000000" + number);
            accounts.put(
                    id, new Account(id, "account-" + number, Partition.AWS, Fact.notRead(), Fact.notRead(), false));
            FakeAccount fake = new FakeAccount();
            User user = user("user-" + number, "AIDA" + number, scene.now, key(keyOf(number), scene.now, 80, 60));
            fake.put(user);
            live.put(id, fake);
            AccountJournal.open(scene.store, id.value(), entry -> {}).record(List.of(told(id, user)));
        }
    }

    private static String keyOf(int number) {
        return "AKIAEXAMPLE00000000" + number;
    }

    private FakeAccount live(AccountId id) {
        FakeAccount fake = live.get(id);
        if (fake == null) {
            throw new AssertionError("no account " + id);
        }
        return fake;
    }

    private Entry.Notice told(AccountId id, User user) {
        Entry.Stamp stamp = new Entry.Stamp(scene.now.minus(Duration.ofDays(40)), "run", "worker");
        KeyId key = user.keys().orElse(List.of()).getFirst().id();
        return new Entry.Notice(
                stamp,
                "notice-" + id,
                new Target(id, user.id(), user.name(), key),
                Step.DEACTIVATE,
                scene.now.minus(Duration.ofDays(1)),
                "letters",
                "owner@example.com",
                Placement.PLACED,
                null);
    }

    private List<AccountPlan> surveyed() throws StoreFailure {
        JournalMemory memory =
                new AccountSession(scene.tools(new Weather()), scene.store, Set.of()).memory(doors, snapshot -> {});
        List<AccountPlan> plans = new ArrayList<>();
        for (Account account : accounts.values()) {
            List<User> users =
                    List.of(live(account.id()).get("user-" + account.name().substring(8)));
            Snapshot snapshot =
                    new Snapshot(account, ReadVia.LIVE, scene.now, Reading.COMPLETE, List.of(), Fact.notRead(), users);
            memory.seen(snapshot);
            plans.add(scene.planner
                    .remembering(memory.of(account.id()))
                    .plan(account, new Assessor(Scene.RULES).assess(snapshot, scene.now), scene.now));
        }
        return plans;
    }

    private CapLedger caps(@Nullable Integer global) {
        Caps caps = new Caps(global == null ? null : new Caps.Cap(global, Duration.ofDays(1)), null, null);
        return new CapLedger(scene.store, () -> scene.now, Map.of(Capped.DEACTIVATE, caps));
    }

    private Optional<Full> apply(CapLedger caps, Set<AccountId> unsettled) throws Exception {
        return apply(caps, unsettled, () -> {});
    }

    private Optional<Full> apply(CapLedger caps, Set<AccountId> unsettled, Runnable atEachEnd) throws Exception {
        List<AccountPlan> surveyed = surveyed();
        Plan plan = scene.planner.settle(surveyed).only(action -> action.kind() == Verb.DEACTIVATE);
        assertThat(plan.actions()).hasSize(3);
        Tools tools = scene.tools(new Weather());
        return new PlanApplier(doors, new AccountSession(tools, scene.store, Set.of()), caps, () -> scene.now)
                .apply(plan, surveyed, unsettled, PlanApplier.Unheard.NONE, new PlanApplier.Listener() {
                    @Override
                    public void ended(Account account, Outcome outcome) {
                        said.add(account.name() + " " + outcome.getClass().getSimpleName());
                        atEachEnd.run();
                    }

                    @Override
                    public void troubled(Account account, String sentence) {
                        said.add(account.name() + ": " + sentence);
                    }
                });
    }

    @Test
    void everyAccountIsWorkedOn() throws Exception {
        assertThat(apply(caps(3), Set.of())).isEmpty();

        assertThat(said).containsExactlyInAnyOrder("account-1 Done", "account-2 Done", "account-3 Done");
    }

    @Test
    void aPlanThatNoLongerFitsStopsBeforeTheFirstAct() throws Exception {
        Optional<Full> full = apply(caps(2), Set.of());

        assertThat(full)
                .hasValueSatisfying(cap -> assertThat(cap.sentence())
                        .isEqualTo(
                                "the plan does not fit under the cap \"deactivate global\" any more: it allows 2, 0 are used"
                                        + " up and 3 are asked for; nothing was done; plan again, or raise the limit in the"
                                        + " configuration"));
        assertThat(said).isEmpty();
        assertThat(live.values())
                .allSatisfy(account -> assertThat(account.calls).isEmpty());
    }

    @Test
    void placesOfWhatCameToNothingAreFreeAgainAndThoseInDoubtAreNot() throws Exception {
        live(new AccountId("000000000001")).fates.add(FakeAccount.Fate.REFUSED);
        live(new AccountId("000000000002")).fates.add(FakeAccount.Fate.LOST_BEFORE);
        CapLedger caps = caps(3);

        apply(caps, Set.of());

        assertThat(said).containsExactlyInAnyOrder("account-1 Failed", "account-2 InDoubt", "account-3 Done");
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(2);
    }

    @Test
    void anAccountThatCannotBeOpenedHoldsUpNoOther() throws Exception {
        doors = account -> {
            if (account.name().equals("account-2")) {
                throw new ReadFailure(new Problem("open the account", account.name(), "it was closed", ""));
            }
            return live(account.id());
        };

        CapLedger caps = caps(3);
        apply(caps, Set.of());

        assertThat(said)
                .containsExactlyInAnyOrder(
                        "account-1 Done",
                        "account-3 Done",
                        "account-2 NotTried",
                        "account-2: could not open the account of account-2: it was closed");
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(2);
    }

    @Test
    void anInterruptionWhileTheLastAccountEndsIsNotLostAndWhatWasNotTriedIsFreeAgain() throws Exception {
        Thread run = Thread.currentThread();
        CountDownLatch othersDone = new CountDownLatch(2);
        doors = account -> {
            if (account.name().equals("account-2")) {
                othersDone.await();
                run.interrupt();
                // Until this thread is interrupted in its turn.
                new CountDownLatch(1).await();
            }
            return live(account.id());
        };
        CapLedger caps = caps(3);

        assertThatThrownBy(() -> apply(caps, Set.of(), othersDone::countDown))
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the run was interrupted");

        assertThat(said)
                .containsExactlyInAnyOrder(
                        "account-1 Done", "account-3 Done", "account-2 NotTried", "account-2: the run was interrupted");
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(2);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void aFaultOfOursInOneAccountHoldsUpNoOtherAndIsTold() throws Exception {
        live(new AccountId("000000000003")).beforeChange = () -> {
            throw new IllegalStateException("a fault of ours");
        };

        CapLedger caps = caps(3);
        apply(caps, Set.of());

        assertThat(said)
                .contains("account-1 Done", "account-2 Done", "account-3 NotTried")
                .anyMatch(line -> line.contains("an internal error: java.lang.IllegalStateException: a fault of ours"));
        // It may have been sent.
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(3);
    }

    @Test
    void anAccountThatAnotherWorkerHoldsIsLeftToIt() throws Exception {
        new Leases(scene.store, () -> scene.now, "other").acquire("000000000001");

        CapLedger caps = caps(3);
        apply(caps, Set.of());

        assertThat(said)
                .containsExactlyInAnyOrder(
                        "account-1 NotTried",
                        "account-1: another worker, other, changes this account until 2026-11-23T12:02:00Z",
                        "account-2 Done",
                        "account-3 Done");
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(2);
    }

    /** An earlier run ended between writing down that it switches off the key of the first account, and doing so. */
    private void cutShort() throws StoreFailure {
        User user = live(ONE).get("user-1");
        Target target = new Target(ONE, user.id(), user.name(), new KeyId(keyOf(1)));
        Entry.Stamp stamp = new Entry.Stamp(scene.now.minus(Duration.ofHours(1)), "run", "worker");
        AccountJournal.open(scene.store, ONE.value(), entry -> {})
                .record(List.of(new Entry.Intent(stamp, "lost", Verb.DEACTIVATE, target, List.of(), null)));
    }

    @Test
    void whatWasCutShortIsDoneByTheNextRunAndNotByTheOneAfterIt() throws Exception {
        cutShort();

        assertThat(apply(caps(null), Set.of())).isEmpty();

        assertThat(said).containsExactlyInAnyOrder("account-1 Done", "account-2 Done", "account-3 Done");
    }

    @Test
    void whatWasCutShortStaysHeldWhileAnotherWorkerHoldsTheAccount() throws Exception {
        cutShort();
        new Leases(scene.store, () -> scene.now, "other").acquire(ONE.value());

        assertThat(due()).isEqualTo(2);
    }

    @Test
    void whatWasCutShortStaysHeldWhereTheAccountCannotBeOpened() throws Exception {
        cutShort();
        doors = account -> {
            throw new ReadFailure(new Problem("open the account", account.name(), "it was closed", ""));
        };

        assertThat(due()).isEqualTo(2);
    }

    private long due() throws StoreFailure {
        return scene.planner.settle(surveyed()).actions().stream()
                .filter(action -> action.kind() == Verb.DEACTIVATE)
                .count();
    }

    @Test
    void anUnsettledAccountIsVisitedThoughNothingIsDueThere() throws Exception {
        List<AccountPlan> surveyed = surveyed();
        cutShort();
        Plan nothing = scene.planner.settle(List.of());
        Tools tools = scene.tools(new Weather());

        new PlanApplier(doors, new AccountSession(tools, scene.store, Set.of()), caps(null), () -> scene.now)
                .apply(nothing, surveyed, Set.of(ONE), PlanApplier.Unheard.NONE, new PlanApplier.Listener() {
                    @Override
                    public void ended(Account account, Outcome outcome) {
                        said.add(account.name());
                    }

                    @Override
                    public void troubled(Account account, String sentence) {
                        said.add(sentence);
                    }
                });

        assertThat(said).isEmpty();
        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(scene.store, ONE.value(), entries::add);
        assertThat(entries)
                .last()
                .isInstanceOfSatisfying(
                        Entry.Outcome.class,
                        outcome -> assertThat(outcome.why()).isEqualTo("found not done by a later run"));
    }

    /** Every account's user is the same team's, and their keys are now to be reminded of. */
    private List<String> remindTheTeam(Set<AccountId> unheard) throws Exception {
        for (int number = 1; number <= 3; number++) {
            live(new AccountId("00000000000" + number))
                    .put(FakeAccount.owned(
                            "user-" + number,
                            "AIDA" + number,
                            "team@example.com",
                            scene.now,
                            key(keyOf(number), scene.now, 80, 60)));
        }
        List<AccountPlan> surveyed = surveyed();
        Plan plan = scene.planner.settle(surveyed).only(action -> action.kind() == Verb.REMIND);
        List<String> ended = new ArrayList<>();
        new PlanApplier(
                        doors,
                        new AccountSession(scene.tools(new Weather()), scene.store, Set.of()),
                        caps(null),
                        () -> scene.now)
                .apply(
                        plan,
                        surveyed,
                        Set.of(),
                        new PlanApplier.Unheard(unheard, action -> true),
                        new PlanApplier.Listener() {
                            @Override
                            public void ended(Account account, Outcome outcome) {
                                ended.add(account.name() + ": "
                                        + outcome.getClass().getSimpleName());
                            }

                            @Override
                            public void troubled(Account account, String sentence) {
                                ended.add(account.name() + " troubled");
                            }
                        });
        return ended;
    }

    @Test
    void anOwnerOfKeysInSeveralAccountsHearsOnce() throws Exception {
        assertThat(remindTheTeam(Set.of()))
                .containsExactlyInAnyOrder("account-1: Done", "account-2: Done", "account-3: Done");
        assertThat(scene.letters.calls).containsExactly("team@example.com of 3, after null");
    }

    @Test
    void aBoardThatIsShutIsNamedOnceForEachAccount() throws Exception {
        scene.letters.board = "sns";
        scene.letters.boarding = new Channel.Sending.Refused(Scene.Letters.problem("the board is shut"));
        assertThat(remindTheTeam(Set.of()))
                .containsExactlyInAnyOrder(
                        "account-1: Done",
                        "account-2: Done",
                        "account-3: Done",
                        "account-1 troubled",
                        "account-2 troubled",
                        "account-3 troubled");
    }

    @Test
    void aBoardThatWasShutHearsOfEachAccountFromTheNextRun() throws Exception {
        scene.letters.board = "sns";
        scene.letters.boarding = new Channel.Sending.Refused(Scene.Letters.problem("the board is shut"));
        remindTheTeam(Set.of());
        scene.run = "run-2";
        scene.letters.boarding = new Channel.Sending.Taken(Placement.HANDED_OVER, "", null);
        AccountId two = new AccountId("000000000002");
        AccountId three = new AccountId("000000000003");
        doors = account -> {
            if (account.id().equals(three)) {
                throw new ReadFailure(new Problem("assume the role", "account-3", "denied", ""));
            }
            return live(account.id());
        };
        Channel.Sending open = scene.letters.boarding;
        scene.letters.boarding = new Channel.Sending.Refused(Scene.Letters.problem("the board is shut still"));
        assertThat(remindTheTeam(Set.of(two, three)))
                .containsExactlyInAnyOrder("account-2 troubled", "account-3 troubled");
        scene.letters.announcedAgain.clear();
        scene.letters.boarding = open;
        assertThat(remindTheTeam(Set.of(two, three))).containsExactly("account-3 troubled");
        assertThat(scene.letters.announcedAgain)
                .singleElement()
                .asString()
                .contains("to team@example.com: user-2 002, ");
    }

    @Test
    void anAccountThatAnotherWorkerHoldsIsLeftOutOfWhatAnOwnerHears() throws Exception {
        new Leases(scene.store, () -> scene.now, "other").acquire("000000000002");
        assertThat(remindTheTeam(Set.of()))
                .containsExactlyInAnyOrder(
                        "account-1: Done", "account-2: NotTried", "account-2 troubled", "account-3: Done");
        assertThat(scene.letters.calls).containsExactly("team@example.com of 2, after null");
    }

    @Test
    void anAccountThatCannotBeOpenedIsLeftOutOfWhatAnOwnerHears() throws Exception {
        LiveAccounts all = doors;
        doors = account -> {
            if (account.name().equals("account-1")) {
                throw new ReadFailure(new Problem("open", "account-1", "so ordained", ""));
            }
            return all.open(account);
        };
        assertThat(remindTheTeam(Set.of()))
                .containsExactlyInAnyOrder(
                        "account-1: NotTried", "account-1 troubled", "account-2: Done", "account-3: Done");
        assertThat(scene.letters.calls).containsExactly("team@example.com of 2, after null");
    }

    @Test
    void whatWasToldIsSaidToBeThoughOneJournalCannotBeWrittenAfterwards() throws Exception {
        scene.letters.whenSent = () -> scene.store.appends = stream -> {
            if (stream.equals("000000000002")) {
                throw FailingStore.failure(StoreFailure.Kind.UNAVAILABLE);
            }
        };
        assertThat(remindTheTeam(Set.of())).contains("account-1: Done", "account-2: Done", "account-3: Done");
    }

    @Test
    void aJournalThatCannotBeReadKeepsItsAccountOutOfWhatAnOwnerHears() throws Exception {
        List<String> reads = new ArrayList<>();
        scene.store.reads = stream -> {
            reads.add(stream);
            // The plan was made by then.
            if (stream.equals("000000000002")
                    && reads.stream().filter(stream::equals).count() > 1) {
                throw FailingStore.failure(StoreFailure.Kind.UNAVAILABLE);
            }
        };
        assertThat(remindTheTeam(Set.of()))
                .containsExactlyInAnyOrder(
                        "account-1: Done", "account-2: NotTried", "account-2 troubled", "account-3: Done");
    }

    @Test
    void anAccountWhoseJournalFailsIsAbandonedAndHoldsUpNoOther() throws Exception {
        scene.store.appends = stream -> {
            if (stream.equals("000000000002")) {
                throw FailingStore.failure(StoreFailure.Kind.UNAVAILABLE);
            }
        };
        CapLedger caps = caps(3);
        apply(caps, Set.of());
        assertThat(said)
                .containsExactlyInAnyOrder(
                        "account-1 Done",
                        "account-3 Done",
                        "account-2 NotTried",
                        "account-2: could not reach of the store: it was so ordained: UNAVAILABLE");
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(3);
    }

    @Test
    void whatWasSkippedGivesItsPlaceBack() throws Exception {
        LiveAccounts all = doors;
        List<AccountPlan> before = surveyed();
        assertThat(before).hasSize(3);
        doors = account -> {
            FakeAccount fake = live(account.id());
            if (account.name().equals("account-1")) {
                fake.beforeRead = () -> fake.put(user("user-1", "AIDA1", scene.now));
            }
            return all.open(account);
        };
        CapLedger caps = caps(3);
        apply(caps, Set.of());
        assertThat(said).contains("account-1 Skipped");
        assertThat(caps.usage(Set.of()).global(Capped.DEACTIVATE)).isEqualTo(2);
    }
}
