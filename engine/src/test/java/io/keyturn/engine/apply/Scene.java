package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.owned;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
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
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.KeyUseSearch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An account, its journal and a clock; what is due is planned and carried out as a run does it. */
final class Scene {
    static final String ANN_KEY = "AKIAEXAMPLE000000ANN";
    static final String BOB_KEY = "AKIAEXAMPLE000000BOB";
    static final Rules RULES = new Rules(
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

    final FailingStore store = new FailingStore();
    final FakeAccount live = new FakeAccount();
    final Letters letters = new Letters();
    final FakeSink sink = new FakeSink();
    Planner planner;
    volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");
    Rules rules;
    int abreast = 1;
    Duration beat = Duration.ofSeconds(20);
    String run = "run-1";
    String worker = "worker";
    KeyUseSearch uses = KeyUseSearch.NONE;
    private int ids;
    final List<Duration> pauses = new ArrayList<>();

    /** A carrier that always delivers, or never. */
    static final class Letters implements Notifier {
        final List<Notice> sent = new ArrayList<>();
        final List<String> calls = new ArrayList<>();
        final List<String> announced = new ArrayList<>();
        final List<String> announcedAgain = new ArrayList<>();
        final Set<String> gone = new HashSet<>();
        String board = "";
        /** What the board answers. */
        Channel.Sending boarding = new Channel.Sending.Taken(Placement.HANDED_OVER, "", null);

        boolean doubtful;
        boolean ofEachKey;
        boolean speaks = true;
        Channel.Closing closing = Channel.Closing.NEVER;
        final List<String> closed = new ArrayList<>();
        Runnable whenSent = () -> {};
        Placement placement = Placement.PLACED;

        @Override
        public Telling tell(String id, Owner owner, List<Notice> notices, Threads threads, Leave leave) {
            Optional<Problem> refused = leave.refused();
            if (refused.isPresent()) {
                return new Telling("letters", owner.name(), new Channel.Sending.Refused(refused.get()));
            }
            sent.addAll(notices);
            whenSent.run();
            calls.add(owner.name() + " of " + notices.size() + ", after " + threads.of("letters", owner.name()));
            return new Telling("letters", owner.name(), answer(owner));
        }

        @Override
        public Channel.Closing closing(String channel) {
            return closing;
        }

        @Override
        public Telling close(String id, Reader reader, Owner owner, List<Notice> notices, Leave leave) {
            Optional<Problem> refused = leave.refused();
            if (refused.isPresent()) {
                return new Telling(reader.channel(), reader.recipient(), new Channel.Sending.Refused(refused.get()));
            }
            whenSent.run();
            List<String> keys = notices.stream()
                    .map(notice -> notice.user().name() + " " + notice.settled())
                    .toList();
            closed.add(
                    reader.recipient() + " after " + reader.thread() + ": " + keys + ", instead of " + reader.whole());
            return new Telling(reader.channel(), reader.recipient(), answer(owner));
        }

        private Channel.Sending answer(Owner owner) {
            if (gone.contains(owner.name())) {
                return new Channel.Sending.Unreachable(problem("they left"));
            }
            if (doubtful) {
                return new Channel.Sending.InDoubt(problem("no answer"));
            }
            return placement == Placement.FAILED
                    ? new Channel.Sending.Refused(problem("it is shut"))
                    : new Channel.Sending.Taken(placement, owner.name(), "letter-" + calls.size());
        }

        static Problem problem(String why) {
            return new Problem("send the letter", "letters", why, "");
        }

        @Override
        public List<Telling> announce(String id, Owner owner, List<Notice> notices, Leave leave) {
            notices.forEach(notice -> announced.add(notice.user().name().value()));
            return board.isEmpty() ? List.of() : List.of(new Telling(board, "", boarding));
        }

        @Override
        public Telling announceAgain(String wanted, String id, Owner owner, List<Notice> notices, Leave leave) {
            String keys = notices.stream().map(this::again).collect(Collectors.joining(", "));
            announcedAgain.add(wanted + " " + id + " to " + owner.name() + ": " + keys);
            whenSent.run();
            Optional<Problem> refused = leave.refused();
            return new Telling(
                    wanted,
                    "",
                    refused.<Channel.Sending>map(Channel.Sending.Refused::new).orElse(boarding));
        }

        private String again(Notice notice) {
            Deadline announced = notice.announced();
            String key = String.valueOf(notice.finding().credential().keyId());
            return notice.user().name() + " " + key.substring(key.length() - 3)
                    + (announced == null
                            ? ""
                            : ", " + announced.step() + " by " + announced.limit() + " " + announced.at());
        }

        @Override
        public boolean tellsOfEachKey() {
            return ofEachKey;
        }

        @Override
        public boolean speaks() {
            return speaks;
        }

        @Override
        public Placement placement(String channel, String recipient, @Nullable String reference, Instant at) {
            return placement;
        }
    }

    /** Two users whose keys lie idle past the limit. */
    Scene() {
        this(RULES);
    }

    /** The same before their keys are switched off for so long, one after the other. */
    static Scene withBrownouts(Duration... lasting) {
        Policy plain = RULES.policies().getFirst();
        Policy policy = new Policy(
                plain.name(),
                plain.when(),
                plain.age(),
                plain.idle(),
                plain.remindEvery(),
                plain.rotation(),
                plain.inUseWindow(),
                plain.cutInUse(),
                plain.snoozeAtMost(),
                List.of(lasting));
        return new Scene(new Rules(
                List.of(policy),
                RULES.exemptions(),
                RULES.stages(),
                RULES.owners(),
                RULES.caps(),
                RULES.firstNotice(),
                RULES.leaks()));
    }

    private Scene(Rules rules) {
        this.rules = rules;
        this.planner = new Planner(rules, History.NONE);
        live.put(user("ann", "AIDAANN", now, key(ANN_KEY, now, 80, 60)));
        live.put(user("bob", "AIDABOB", now, key(BOB_KEY, now, 80, 55)));
    }

    Tools tools(Weather weather) {
        return new Tools(
                        new Assessor(rules),
                        planner,
                        NEEDS,
                        letters,
                        sink,
                        new Leases(store, () -> now, worker),
                        new StopFlag(store),
                        () -> now,
                        () -> "id-" + ++ids,
                        time -> {
                            pauses.add(time);
                            now = now.plus(time);
                        },
                        new Abreast(abreast, beat),
                        weather,
                        run,
                        worker)
                .looking(uses);
    }

    /** Plans what is due for all users as they are, and carries it out; what came of it, a line each. */
    List<String> run() throws StoreFailure, InterruptedException {
        return apply(plan());
    }

    List<Action> plan() throws StoreFailure {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(store, ACCOUNT.id().value(), past);
        List<User> users = live.all();
        List<Finding> findings = new Assessor(rules)
                .assess(
                        new Snapshot(ACCOUNT, ReadVia.LIVE, now, Reading.COMPLETE, List.of(), Fact.notRead(), users),
                        past,
                        now);
        return planner.remembering(past).plan(ACCOUNT, findings, now).due();
    }

    List<String> apply(List<Action> actions) throws StoreFailure, InterruptedException {
        List<String> said = new ArrayList<>();
        AccountSession.End end = new AccountSession(tools(new Weather()), store, Set.of())
                .act(ACCOUNT, live, actions, "plan", outcome -> said.add(line(outcome)));
        switch (end) {
            case AccountSession.End.Whole whole -> said.addAll(whole.doubts());
            case AccountSession.End.Busy busy -> said.add("busy: " + busy.held().by());
        }
        return said;
    }

    static String line(Outcome outcome) {
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

    List<Entry> journal() throws StoreFailure {
        List<Entry> entries = new ArrayList<>();
        AccountJournal.open(store, ACCOUNT.id().value(), entries::add);
        return entries;
    }

    void days(long days) {
        now = now.plus(Duration.ofDays(days));
    }

    boolean active(String name) {
        return live.get(name).keys().orElse(List.of()).getFirst().active();
    }

    /** Notices placed, their time passed: both keys are due to be switched off. */
    void announced() throws StoreFailure, InterruptedException {
        assertThat(run()).containsExactly("remind ann: done", "remind bob: done");
        days(30);
        // Reminders every seven days are not what these tests are about.
        List<Action> due = plan();
        apply(due.stream().filter(action -> action.kind() == Verb.REMIND).toList());
        live.calls.clear();
    }

    /** The end of a run: boards hear what they did not take before; what is in the way of it. */
    List<String> retell() throws StoreFailure, InterruptedException {
        return retell(action -> true);
    }

    List<String> retell(Predicate<Action> only) throws StoreFailure, InterruptedException {
        return switch (new AccountSession(tools(new Weather()), store, Set.of()).retell(ACCOUNT, live, "plan", only)) {
            case AccountSession.End.Whole(List<String> doubts) -> doubts;
            case AccountSession.End.Busy busy -> List.of("busy: " + busy.held().by());
        };
    }

    List<Action> deactivations() throws StoreFailure {
        return plan().stream()
                .filter(action -> action.kind() == Verb.DEACTIVATE)
                .toList();
    }

    /** A person decides something about a user. */
    void decide(Entry.Decision.Kind kind, String name) {
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

    /** What was written down last, which must be an intent. */
    Verb lastIntent() {
        try {
            return ((Entry.Intent) journal().getLast()).verb();
        } catch (StoreFailure e) {
            throw new AssertionError(e);
        }
    }

    /** Makes both users one owner's. */
    void bothOwnedBy(String owner) {
        for (String name : List.of("ann", "bob")) {
            User user = live.get(name);
            live.put(owned(
                    name,
                    user.id().value(),
                    owner,
                    now,
                    user.keys().orElse(List.of()).getFirst()));
        }
    }

    /** What owners and boards were told, as the journal has it. */
    List<Entry.Notice> notices() throws StoreFailure {
        return journal().stream()
                .filter(Entry.Notice.class::isInstance)
                .map(Entry.Notice.class::cast)
                .toList();
    }
}
