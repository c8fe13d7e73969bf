package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/** One user with an overdue key, a policy that rotates it, and a run whenever it is asked for. */
final class RotationScene {
    static final KeyId OLD = new KeyId("AKIAEXAMPLE000000OLD");
    static final KeyId NEW = new KeyId("AKIAMADE000000000001");
    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    final FailingStore store = new FailingStore();
    final FakeAccount live = new FakeAccount();
    final FakeSink sink = new FakeSink();
    final Scene.Letters letters = new Scene.Letters();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private Rules rules = rules(Stage.ENFORCE);
    private int ids;
    private int runs;

    RotationScene() {
        live.put(user("ann", "AIDAANN", now, key(OLD.value(), now, 100, 0)));
        live.creationTime = now;
    }

    static Rules rules(Stage stage) {
        return new Rules(
                List.of(new Policy(
                        "people",
                        Condition.ALWAYS,
                        new Limit(
                                Duration.ofDays(75),
                                Duration.ofDays(90),
                                List.of(Step.REMIND),
                                List.of(Step.REMIND, Step.ROTATE)),
                        null,
                        Duration.ofDays(7),
                        new Rotation(List.of(), false, Duration.ofDays(14), Duration.ofDays(45), Duration.ofDays(75)),
                        Duration.ofDays(30),
                        false)),
                List.of(),
                List.of(new StageRule(null, null, stage)),
                List.of(new OwnerRule.Tag("Owner")),
                Map.of(),
                Duration.ofDays(30),
                true);
    }

    /** From now on rotations go by time, and nothing is announced before. */
    void byTime() {
        Policy policy = rules.policies().getFirst();
        Rotation plain = Objects.requireNonNull(policy.rotation());
        Rotation timed = new Rotation(
                plain.deliver(),
                false,
                plain.deactivateAfter(),
                plain.holdAfter(),
                days30(),
                true,
                Set.of(),
                Rotation.By.TIME,
                Set.of());
        rules = new Rules(
                List.of(new Policy(
                        policy.name(),
                        policy.when(),
                        policy.age(),
                        null,
                        policy.remindEvery(),
                        timed,
                        days30(),
                        false)),
                List.of(),
                rules.stages(),
                rules.owners(),
                Map.of(),
                null,
                true);
    }

    /** From now on the policy asks for no more than this. */
    void taking(Evidence evidence) {
        Policy policy = rules.policies().getFirst();
        Rotation plain = Objects.requireNonNull(policy.rotation());
        Rotation other = new Rotation(
                plain.deliver(),
                false,
                plain.deactivateAfter(),
                plain.holdAfter(),
                plain.deleteAfter(),
                plain.probe(),
                plain.also(),
                plain.by(),
                plain.despite(),
                evidence);
        rules = new Rules(
                List.of(new Policy(
                        policy.name(),
                        policy.when(),
                        policy.age(),
                        null,
                        policy.remindEvery(),
                        other,
                        days30(),
                        false)),
                List.of(),
                rules.stages(),
                rules.owners(),
                Map.of(),
                Rules.DEFAULT_FIRST_NOTICE,
                true);
    }

    /** From now on the policy delivers the passwords of SES's SMTP doors too. */
    void alsoSmtpPasswords() {
        Policy policy = rules.policies().getFirst();
        Rotation plain = Objects.requireNonNull(policy.rotation());
        Rotation more = new Rotation(
                plain.deliver(),
                false,
                plain.deactivateAfter(),
                plain.holdAfter(),
                plain.deleteAfter(),
                true,
                Set.of(Rotation.Derived.SMTP_PASSWORD));
        rules = new Rules(
                List.of(new Policy(
                        policy.name(), policy.when(), policy.age(), null, policy.remindEvery(), more, days30(), false)),
                List.of(),
                rules.stages(),
                rules.owners(),
                Map.of(),
                days30(),
                true);
    }

    /** From now on new keys are not tried. */
    void withoutProbe() {
        Policy policy = rules.policies().getFirst();
        Rotation plain = Objects.requireNonNull(policy.rotation());
        Rotation more = new Rotation(
                plain.deliver(),
                false,
                plain.deactivateAfter(),
                plain.holdAfter(),
                plain.deleteAfter(),
                false,
                Set.of());
        rules = new Rules(
                List.of(new Policy(
                        policy.name(), policy.when(), policy.age(), null, policy.remindEvery(), more, days30(), false)),
                List.of(),
                rules.stages(),
                rules.owners(),
                Map.of(),
                days30(),
                true);
    }

    /** Somebody takes the tag that names the owner. */
    void ownedByNobody() {
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
    }

    private static Duration days30() {
        return Duration.ofDays(30);
    }

    void stage(Stage stage) {
        rules = rules(stage);
    }

    Instant now() {
        return now;
    }

    void days(long days) {
        now = now.plus(Duration.ofDays(days));
        live.creationTime = now;
    }

    /** The owner uses a key now. */
    void used(KeyId key) {
        live.use("ann", key, now);
    }

    Tools tools() {
        return new Tools(
                new Assessor(rules),
                new Planner(rules, History.NONE),
                NEEDS,
                letters,
                sink,
                new Leases(store, () -> now, "worker"),
                new StopFlag(store),
                () -> now,
                () -> "id-" + ++ids,
                time -> now = now.plus(time),
                new Abreast(1),
                new Weather(),
                "run-" + ++runs,
                "worker");
    }

    List<Action> plan() throws StoreFailure {
        AccountPast past = past();
        Snapshot snapshot = new Snapshot(
                ACCOUNT, ReadVia.LIVE, now, Reading.COMPLETE, List.of(), Fact.notRead(), List.of(live.get("ann")));
        List<Finding> findings = new Assessor(rules).assess(snapshot, past, now);
        return new Planner(rules, past).plan(ACCOUNT, findings, now).due();
    }

    AccountPast past() throws StoreFailure {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(store, ACCOUNT.id().value(), past);
        return past;
    }

    /** Plans what is due and carries it out; what came of it, a line each. */
    List<String> run() throws StoreFailure, InterruptedException {
        return apply(plan());
    }

    List<String> apply(List<Action> due) throws StoreFailure, InterruptedException {
        List<String> said = new ArrayList<>();
        AccountSession.End end = new AccountSession(tools(), store, Set.of())
                .act(ACCOUNT, live, due, "plan", outcome -> said.add(line(outcome)));
        if (end instanceof AccountSession.End.Whole(List<String> doubts)) {
            said.addAll(doubts);
        }
        return said;
    }

    /** The end of a run: boards hear what they did not take before. */
    void retell() throws StoreFailure, InterruptedException {
        new AccountSession(tools(), store, Set.of()).retell(ACCOUNT, live, "plan", action -> true);
    }

    private static String line(Outcome outcome) {
        return outcome.action().verb()
                + switch (outcome) {
                    case Outcome.Done done -> "";
                    case Outcome.Skipped skipped -> ": skipped, " + skipped.why();
                    case Outcome.Failed failed ->
                        ": failed, " + failed.problem().why();
                    case Outcome.InDoubt doubt ->
                        ": in doubt, " + doubt.problem().why();
                    case Outcome.NotTried not -> ": not tried, " + not.why();
                };
    }

    /** Reminded, the announced time over: the rotation is due. */
    void announced() throws StoreFailure, InterruptedException {
        run();
        days(30);
        live.calls.clear();
        letters.sent.clear();
    }

    /** A day at a time, the owner using these keys each day; what happened, a line for every day on which anything did. */
    List<String> live(int days, KeyId... used) throws StoreFailure, InterruptedException {
        List<String> story = new ArrayList<>();
        for (int day = 1; day <= days; day++) {
            days(1);
            for (KeyId key : used) {
                used(key);
            }
            List<String> said = run();
            if (!said.isEmpty()) {
                story.add(day + ": " + String.join(", ", said));
            }
        }
        return story;
    }

    /** How the user's keys stand, by the end of their IDs. */
    List<String> keys() {
        return live.get("ann").keys().orElse(List.of()).stream()
                .map(key ->
                        (OLD.equals(key.id()) ? "old" : String.valueOf(key.id()).substring(19))
                                + (key.active() ? " on" : " off"))
                .toList();
    }

    void change(Consumer<List<AccessKey>> how) {
        User ann = live.get("ann");
        List<AccessKey> keys = new ArrayList<>(ann.keys().orElse(List.of()));
        how.accept(keys);
        // Whoever looks from here on sees what is there now.
        keys.replaceAll(key -> new AccessKey(key.slot(), key.id(), key.active(), key.created(), key.lastUse(), now));
        live.put(ann.withKeys(Fact.known(keys, now)));
    }

    void approve(Step step) throws StoreFailure {
        User ann = live.get("ann");
        AccountJournal.open(store, ACCOUNT.id().value(), entry -> {})
                .record(List.of(new Entry.Decision(
                        new Entry.Stamp(now, "cli", "carol"),
                        "d" + ++ids,
                        Entry.Decision.Kind.APPROVE,
                        new Scope.OfTarget(new Target(ACCOUNT.id(), ann.id(), ann.name(), OLD)),
                        "carol",
                        "agreed",
                        null,
                        step.label())));
    }

    List<Entry> journal() throws StoreFailure {
        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(store, ACCOUNT.id().value(), entries::add);
        return entries;
    }
}
