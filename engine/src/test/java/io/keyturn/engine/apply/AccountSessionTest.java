package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountSessionTest {
    private static final String ANN_KEY = "AKIAEXAMPLE000000ANN";
    private static final String BOB_KEY = "AKIAEXAMPLE000000BOB";
    private static final Rules RULES = new Rules(
            List.of(new Policy(
                    "people",
                    Condition.ALWAYS,
                    null,
                    new Limit(
                            Duration.ofDays(30),
                            Duration.ofDays(45),
                            List.of(Step.REMIND),
                            List.of(Step.REMIND, Step.DEACTIVATE, Step.DELETE)),
                    Duration.ofDays(7),
                    null,
                    Duration.ofDays(30),
                    false)),
            List.of(),
            List.of(new StageRule(null, null, Stage.ENFORCE)),
            List.of(new OwnerRule.Tag("Owner")),
            Map.of(),
            Duration.ofDays(30),
            true);
    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    private final MemoryJournalStore store = new MemoryJournalStore();
    private final FakeAccount live = new FakeAccount();
    private final Letters letters = new Letters();
    private final Planner planner = new Planner(RULES, History.NONE);
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private int ids;
    private final List<Duration> pauses = new ArrayList<>();

    /** A carrier that always delivers, or never. */
    private static final class Letters implements Notifier {
        private final List<Notice> sent = new ArrayList<>();
        private Placement placement = Placement.PLACED;

        @Override
        public Receipt tell(Notice notice) {
            sent.add(notice);
            return new Receipt("letters", notice.owner().name(), placement, null, null);
        }

        @Override
        public Placement placement(String channel, String recipient, @Nullable String reference, Instant at) {
            return placement;
        }
    }

    @BeforeEach
    void twoIdleUsers() {
        live.put(user("ann", "AIDAANN", now, key(ANN_KEY, now, 80, 60)));
        live.put(user("bob", "AIDABOB", now, key(BOB_KEY, now, 80, 55)));
    }

    private Tools tools(Weather weather) {
        return new Tools(
                new Assessor(RULES),
                planner,
                NEEDS,
                letters,
                new Leases(store, () -> now, "worker"),
                new StopFlag(store),
                () -> now,
                () -> "id-" + ++ids,
                time -> {
                    pauses.add(time);
                    now = now.plus(time);
                },
                weather,
                "run-1",
                "worker");
    }

    /** Plans what is due for all users as they are, and carries it out; what came of it, a line each. */
    private List<String> run() throws StoreFailure, InterruptedException {
        return apply(plan());
    }

    private List<Action> plan() throws StoreFailure {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(store, ACCOUNT.id().value(), past);
        List<User> users = List.of(live.get("ann"), live.get("bob"));
        List<Finding> findings = new Assessor(RULES)
                .assess(
                        new Snapshot(ACCOUNT, ReadVia.LIVE, now, Reading.COMPLETE, List.of(), Fact.notRead(), users),
                        now);
        return planner.remembering(past).plan(ACCOUNT, findings, now).due();
    }

    private List<String> apply(List<Action> actions) throws StoreFailure, InterruptedException {
        List<String> said = new ArrayList<>();
        AccountSession.End end = new AccountSession(tools(new Weather()), store, Set.of())
                .act(ACCOUNT, live, actions, "plan", outcome -> said.add(line(outcome)));
        switch (end) {
            case AccountSession.End.Whole whole -> said.addAll(whole.doubts());
            case AccountSession.End.Busy busy -> said.add("busy: " + busy.held().by());
        }
        return said;
    }

    private static String line(Outcome outcome) {
        String action = outcome.action().verb() + " "
                + outcome.action().credential().principal().display();
        return action
                + switch (outcome) {
                    case Outcome.Done done -> ": done";
                    case Outcome.Skipped skipped -> ": skipped, " + skipped.why();
                    case Outcome.Failed failed ->
                        ": failed, " + failed.problem().why();
                    case Outcome.InDoubt doubt ->
                        ": in doubt, " + doubt.problem().why();
                    case Outcome.NotTried not -> ": not tried, " + not.why();
                };
    }

    private List<Entry> journal() throws StoreFailure {
        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(store, ACCOUNT.id().value(), entries::add);
        return entries;
    }

    private void days(long days) {
        now = now.plus(Duration.ofDays(days));
    }

    private boolean active(String name) {
        return live.get(name).keys().orElse(List.of()).getFirst().active();
    }

    /** Notices placed, their time passed: both keys are due to be switched off. */
    private void announced() throws StoreFailure, InterruptedException {
        assertThat(run()).containsExactly("remind ann: done", "remind bob: done");
        days(30);
        // Reminders every seven days are not what these tests are about.
        List<Action> due = plan();
        apply(due.stream().filter(action -> action.kind() == Verb.REMIND).toList());
        live.calls.clear();
    }

    private List<Action> deactivations() throws StoreFailure {
        return plan().stream()
                .filter(action -> action.kind() == Verb.DEACTIVATE)
                .toList();
    }

    @Test
    void aKeyIsToldOfThenSwitchedOffThenDeleted() throws Exception {
        assertThat(run()).containsExactly("remind ann: done", "remind bob: done");
        assertThat(letters.sent)
                .allSatisfy(notice -> assertThat(notice.announced())
                        .satisfies(next -> assertThat(next.step()).isEqualTo(Step.DEACTIVATE)));
        days(29);
        run();
        assertThat(live.calls).noneMatch(call -> call.startsWith("deactivate"));
        days(1);
        assertThat(run()).contains("deactivate ann: done", "deactivate bob: done");
        assertThat(active("ann")).isFalse();
        assertThat(run()).containsExactly("remind ann: done", "remind bob: done");
        days(74);
        assertThat(run()).isEmpty();
        days(1);
        assertThat(run()).contains("delete ann: done", "delete bob: done");
        assertThat(live.get("ann").keys().orElse(List.of())).isEmpty();
    }

    @Test
    void everyChangeHasAnIntentBeforeAndAnOutcomeAfter() throws Exception {
        announced();
        List<Action> due = deactivations();
        int before = journal().size();
        live.beforeChange = () -> assertThat(lastIntent()).isEqualTo(Verb.DEACTIVATE);

        apply(due);

        assertThat(journal().subList(before, before + 2))
                .satisfiesExactly(
                        entry -> assertThat(entry).isInstanceOfSatisfying(Entry.Intent.class, intent -> {
                            assertThat(intent.present()).containsExactly(new KeyId(ANN_KEY));
                            assertThat(intent.plan()).isEqualTo("plan");
                        }),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        Entry.Outcome.class,
                                        outcome -> assertThat(outcome.result()).isEqualTo(Entry.Result.DONE)));
    }

    private Verb lastIntent() {
        try {
            return ((Entry.Intent) journal().getLast()).verb();
        } catch (StoreFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aUserMadeAnewUnderTheSameNameIsNotTouched() throws Exception {
        announced();
        List<Action> due = deactivations();
        live.put(user("ann", "AIDAOTHER", now, key(ANN_KEY, now, 80, 60)));

        assertThat(apply(due))
                .containsExactly(
                        "deactivate ann: skipped, the user was deleted and made again: it is another one now",
                        "deactivate bob: done");
    }

    @Test
    void whatChangedSinceThePlanCancelsTheAct() throws Exception {
        announced();
        List<Action> due = deactivations();
        live.put(user("ann", "AIDAANN", now, key(ANN_KEY, now, 110, 0)));
        live.remove(live.get("bob").name());

        assertThat(apply(due))
                .containsExactly(
                        "deactivate ann: skipped, it is not due any more: the key is healthy",
                        "deactivate bob: skipped, the user is gone");
    }

    @Test
    void aKeyThatIsGoneIsNotMissed() throws Exception {
        announced();
        List<Action> due = deactivations();
        live.put(user("ann", "AIDAANN", now));

        assertThat(apply(due)).contains("deactivate ann: skipped, the key is gone");
    }

    @Test
    void whatCannotBeReadLetsNothingPass() throws Exception {
        announced();
        List<Action> due = deactivations();
        live.unreadable = true;

        assertThat(apply(due))
                .containsExactly(
                        "deactivate ann: failed, AWS throttled every attempt",
                        "deactivate bob: failed, AWS throttled every attempt");
        assertThat(live.calls).noneMatch(call -> call.startsWith("deactivate"));
    }

    @Test
    void aClockThatIsAheadOfAwsMakesNothingDue() throws Exception {
        announced();
        List<Action> due = deactivations();
        live.awsTime = now.minus(Duration.ofDays(1));

        assertThat(apply(due)).allMatch(line -> line.contains("skipped, it is not due any more"));
    }

    @Test
    void onceStoppedNothingStarts() throws Exception {
        announced();
        List<Action> due = deactivations();
        StopFlag stop = new StopFlag(store);
        stop.raise("alice: drill");

        assertThat(apply(due)).allMatch(line -> line.endsWith("not tried, everything is stopped: alice: drill"));

        stop.lower();
        assertThat(apply(due)).allMatch(line -> line.endsWith("done"));
    }

    @Test
    void aStopInTheMiddleKeepsTheNextChangeFromStarting() throws Exception {
        announced();
        live.beforeChange = () -> {
            try {
                new StopFlag(store).raise("bob: enough");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        };

        assertThat(apply(deactivations()))
                .containsExactly(
                        "deactivate ann: done", "deactivate bob: not tried, everything is stopped: bob: enough");
    }

    @Test
    void anAccountThatAnotherWorkerHoldsIsLeftAlone() throws Exception {
        announced();
        new Leases(store, () -> now, "other").acquire(ACCOUNT.id().value());

        assertThat(apply(deactivations())).containsExactly("busy: other");
        assertThat(live.calls).isEmpty();
    }

    @Test
    void aFreezeBetweenPlanAndActCancelsTheAct() throws Exception {
        announced();
        List<Action> due = deactivations();
        decide(Entry.Decision.Kind.FREEZE, "ann");

        assertThat(apply(due))
                .containsExactly("deactivate ann: skipped, frozen by carol: vendor", "deactivate bob: done");
    }

    @Test
    void aDecisionAtTheVeryLastMomentIsSeenToo() throws Exception {
        announced();
        List<Action> due = deactivations();
        live.beforeChange = () -> {
            if (active("ann")) {
                decide(Entry.Decision.Kind.FREEZE, "bob");
            }
        };

        // It comes after ann's intent, so what was begun ends; of bob it is known before his.
        assertThat(apply(due))
                .containsExactly("deactivate ann: done", "deactivate bob: skipped, frozen by carol: vendor");
    }

    private void decide(Entry.Decision.Kind kind, String name) {
        User user = live.get(name);
        try {
            AccountJournal.open(store, ACCOUNT.id().value(), entry -> {})
                    .record(List.of(new Entry.Decision(
                            new Entry.Stamp(now, "cli", "carol"),
                            "d",
                            kind,
                            new Scope.OfTarget(new Target(ACCOUNT.id(), user.id(), user.name(), null)),
                            "carol",
                            "vendor",
                            null,
                            null)));
        } catch (StoreFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterAnErrorOfAwsOwnNothingMoreIsChangedInTheRun() throws Exception {
        announced();
        live.fates.add(FakeAccount.Fate.UNWELL);

        assertThat(apply(deactivations()))
                .containsExactly(
                        "deactivate ann: in doubt, it was so ordained",
                        "deactivate bob: not tried, AWS answered an earlier change with an error of its own;"
                                + " the next run tries again");
    }

    @Test
    void aRefusedChangeHoldsUpNobodyElse() throws Exception {
        announced();
        live.fates.add(FakeAccount.Fate.REFUSED);

        assertThat(apply(deactivations()))
                .containsExactly("deactivate ann: failed, it was so ordained", "deactivate bob: done");
    }

    @Test
    void aChangeThatWasNotAnsweredIsLookedForOnceAwsHadTimeToShowIt() throws Exception {
        announced();
        live.fates.add(FakeAccount.Fate.LOST_AFTER);
        live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        apply(deactivations());

        assertThat(run()).isEmpty();
        assertThat(run()).containsExactly("remind ann: done", "deactivate bob: done");

        assertThat(pauses).containsExactly(Recovery.SETTLED);
        assertThat(journal())
                .filteredOn(entry ->
                        entry instanceof Entry.Outcome outcome && outcome.why().startsWith("found"))
                .extracting(entry -> ((Entry.Outcome) entry).why())
                .containsExactly("found done by a later run", "found not done by a later run");
    }

    @Test
    void whileADoubtCannotBeResolvedItsUserIsHeld() throws Exception {
        announced();
        live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        apply(deactivations().subList(0, 1));
        List<Action> due = deactivations();
        live.unreadable = true;

        assertThat(apply(due))
                .last()
                .asString()
                .startsWith("it is still not known what came of the deactivate of ann begun at 2026-12-23T12:00:00Z:");
        assertThat(deactivations())
                .noneMatch(action -> action.credential().principal().display().equals("ann"));
    }

    @Test
    void aMessageThatDidNotGoOutIsSaidAgain() throws Exception {
        letters.placement = Placement.FAILED;
        run();
        letters.placement = Placement.PLACED;

        assertThat(run()).containsExactly("remind ann: done", "remind bob: done");
        assertThat(run()).isEmpty();
    }

    @Test
    void aMessageThatNobodyIsKnownToGetIsNotSent() throws Exception {
        User ann = live.get("ann");
        live.put(new User(
                ann.name(),
                ann.id(),
                ann.arn(),
                ann.path(),
                ann.created(),
                ann.keys(),
                Fact.known(Map.of(), now),
                ann.groups(),
                ann.policies(),
                ann.boundary(),
                ann.console(),
                ann.mfa()));

        assertThat(run()).containsExactly("remind ann: skipped, nobody is known to own the key", "remind bob: done");
    }

    @Test
    void aJournalThatCannotBeTrustedStopsTheAccount() throws Exception {
        announced();
        List<Action> due = deactivations();
        store.append(
                ACCOUNT.id().value(),
                store.head(ACCOUNT.id().value()),
                null,
                List.of(new JournalStore.Line(
                        ACCOUNT.id().value(),
                        store.head(ACCOUNT.id().value()).sequence() + 1,
                        now,
                        "{}",
                        "0".repeat(64),
                        null,
                        null)));

        assertThatThrownBy(() -> apply(due))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED));
        assertThat(live.calls).noneMatch(call -> call.startsWith("deactivate"));
        // The lease was given back all the same.
        assertThat(new Leases(store, () -> now, "next").acquire(ACCOUNT.id().value()))
                .isInstanceOf(Leases.Answer.Granted.class);
    }
}
