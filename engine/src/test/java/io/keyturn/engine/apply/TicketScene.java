package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.ReadVia;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
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
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.KeyUseSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An account whose overdue keys get tickets; what is due is planned and carried out as a run does it. */
final class TicketScene {
    static final Rules RULES = new Rules(
            List.of(new Policy(
                    "people",
                    Condition.ALWAYS,
                    null,
                    new Limit(
                            Duration.ofDays(30), Duration.ofDays(45), List.of(), List.of(Step.TICKET, Step.DEACTIVATE)),
                    Duration.ofDays(7),
                    null,
                    Duration.ofDays(30),
                    false)),
            List.of(),
            List.of(new StageRule(null, null, Stage.NOTIFY)),
            List.of(new OwnerRule.Tag("Owner")),
            Map.of(),
            Duration.ofDays(30),
            true);
    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    final FailingStore store = new FailingStore();
    final FakeAccount live = new FakeAccount();
    final FakeDesk desk = new FakeDesk();
    final Scene.Letters letters = new Scene.Letters();
    Rules rules = RULES;
    final List<User> users = new ArrayList<>();
    private final TicketTools.Each each;
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");
    private int ids;
    boolean withDesk = true;
    KeyUseSearch uses = KeyUseSearch.NONE;
    int abreast = 1;
    final List<Duration> pauses = new ArrayList<>();

    TicketScene(TicketTools.Each each) {
        this.each = each;
    }

    /** A user of that owner with keys of which each lies idle so many days. */
    void put(String name, String owner, long... idle) {
        AccessKey[] keys = new AccessKey[idle.length];
        for (int i = 0; i < idle.length; i++) {
            keys[i] = key(id(name, i), now, 80, idle[i]);
        }
        User user = user(name, "AIDA" + name, now, keys);
        user = new User(
                user.name(),
                user.id(),
                user.arn(),
                user.path(),
                user.created(),
                user.keys(),
                Fact.known(owner.isEmpty() ? Map.of() : Map.of("Owner", owner), now),
                user.groups(),
                user.policies(),
                user.boundary(),
                user.console(),
                user.mfa());
        users.removeIf(other -> other.name().value().equals(name));
        users.add(user);
        live.put(user);
    }

    static String id(String name, int key) {
        return String.format("AKIAEXAMPLE0000%s%d", name.toUpperCase(Locale.ROOT), key);
    }

    void remove(String name) {
        live.remove(live.get(name).name());
        users.removeIf(user -> user.name().value().equals(name));
    }

    void days(long days) {
        now = now.plus(Duration.ofDays(days));
    }

    AccountPast past() throws StoreFailure {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(store, ACCOUNT.id().value(), past);
        return past;
    }

    List<Action> plan() throws StoreFailure {
        AccountPast past = past();
        Snapshot snapshot = new Snapshot(
                ACCOUNT, ReadVia.LIVE, now, Reading.COMPLETE, List.of(), Fact.notRead(), List.copyOf(users));
        List<Finding> findings = new Assessor(rules).assess(snapshot, past, now);
        return new Planner(rules, History.NONE)
                .remembering(past)
                .plan(ACCOUNT, findings, now)
                .due();
    }

    List<String> run() throws StoreFailure, InterruptedException {
        return apply(plan());
    }

    List<String> apply(List<Action> actions) throws StoreFailure, InterruptedException {
        List<String> said = new ArrayList<>();
        Tools tools = new Tools(
                        new Assessor(rules),
                        new Planner(rules, History.NONE),
                        NEEDS,
                        letters,
                        withDesk ? new TicketTools(desk, FakeDesk.WORDS, each) : null,
                        new FakeSink(),
                        new Leases(store, () -> now, "worker"),
                        new StopFlag(store),
                        () -> now,
                        () -> "id-" + ++ids,
                        time -> {
                            pauses.add(time);
                            now = now.plus(time);
                        },
                        new Abreast(abreast),
                        new Weather(),
                        "run-1",
                        "worker")
                .looking(uses);
        AccountSession.End end = new AccountSession(tools, store, Set.of())
                .act(ACCOUNT, live, actions, "plan", outcome -> said.add(Scene.line(outcome)));
        if (end instanceof AccountSession.End.Whole whole) {
            said.addAll(whole.doubts());
        }
        return said;
    }

    List<Entry> journal() throws StoreFailure {
        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(store, ACCOUNT.id().value(), entries::add);
        return entries;
    }
}
