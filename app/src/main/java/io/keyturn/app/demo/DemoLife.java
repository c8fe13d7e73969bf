package io.keyturn.app.demo;

import io.keyturn.app.demo.DemoTale.What;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Partition;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.apply.Abreast;
import io.keyturn.engine.apply.AccountSession;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.apply.Tools;
import io.keyturn.engine.apply.Undo;
import io.keyturn.engine.apply.Weather;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.JournalMemory;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.port.AccountEntry;
import io.keyturn.engine.port.Accounts;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.AccountOutcome;
import io.keyturn.engine.run.Survey;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.ports.WorldAccounts;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.VirtualClock;
import io.keyturn.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Days of one account of the simulated organization, on a clock that is wound forward: the whole engine runs over it once a
 * day at the stage enforce, and three owners of old keys live with it. Everything told of it is read from the journal.
 */
public final class DemoLife {
    private static final Needs NEEDS = new Needs(EnumSet.allOf(FactName.class), Needs.Identify.ALL);

    /** Days from hearing of a new key to its being installed, by owners who do. */
    private static final int REACTS_AFTER = 2;

    /** How the owners live; in this order. */
    enum Part {
        /** Installs the new key, and then misses the old one after all. */
        INSTALLS("installs what is delivered, and misses the old key once"),
        /** Goes on with the old key whatever is said. */
        IGNORES("goes on with the old key, whatever is said"),
        /** Would install the new key; the process dies while it is made. */
        MEETS_CRASH("installs what is delivered; the process dies while the new key is made");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    /** One owner. */
    private static final class Player {
        private final String user;
        private final Part part;
        private final KeyId old;
        private final DemoDiary diary = new DemoDiary();
        private KeyId inUse;
        private int heardFor;

        Player(String user, Part part, KeyId inUse) {
            this.user = user;
            this.part = part;
            this.old = inUse;
            this.inUse = inUse;
        }
    }

    private final Rules rules;
    private final World world;
    private final SimAccount account;
    private final VirtualClock clock;
    private final WorldAccounts accounts;
    private final MemoryJournalStore store = new MemoryJournalStore();
    private final DemoLetters letters = new DemoLetters();
    private final Set<String> dying = new HashSet<>();
    private final DemoSafe safe = new DemoSafe(dying);
    private final List<Player> players = new ArrayList<>();
    private final Set<String> waiting = new HashSet<>();
    private boolean undone;
    private long told;
    private int runs;
    private int ids;

    /**
     * Before the first day.
     *
     * @param world of its own: it changes
     * @param accountName the account that is lived in
     */
    public DemoLife(World world, String accountName, Rules rules, Instant start) {
        this.world = world;
        this.rules = rules.at(Stage.ENFORCE);
        this.clock = VirtualClock.standingAt(start);
        this.accounts = new WorldAccounts(world, clock, Faults.NONE, ReadMode.LIVE, Duration.ofSeconds(2));
        this.account = world.accounts().stream()
                .filter(candidate -> candidate.name().equals(accountName))
                .findFirst()
                .orElseThrow();
    }

    /** So many days, a run at the end of each; what happened to the three. */
    public DemoTale live(int days) throws StoreFailure, InterruptedException {
        for (int day = 0; day <= days; day++) {
            if (day > 0) {
                clock.move(Duration.ofDays(1));
            }
            players.forEach(this::work);
            run();
            takeBack();
        }
        List<DemoTale.Chapter> chapters = new ArrayList<>();
        for (Player player : players) {
            if (waiting.contains(player.user)) {
                player.diary.add(
                        clock.instant(), What.END, "both keys still work: only keyturn approve ends the old one");
            }
            player.diary.add(clock.instant(), What.END, player.diary.messages() + " messages to the owner in all");
            chapters.add(
                    new DemoTale.Chapter(player.user, player.old.lastFour(), player.part.words, player.diary.lines()));
        }
        return new DemoTale(account.name(), days, chapters);
    }

    /** What an owner does in a day: works with the key at hand, and some time after hearing of a new one installs that. */
    private void work(Player player) {
        KeyId successor = letters.successor(player.user);
        if (successor != null && !successor.equals(player.inUse) && player.part != Part.IGNORES) {
            player.heardFor++;
            if (player.heardFor > REACTS_AFTER) {
                player.inUse = successor;
                player.heardFor = 0;
                player.diary.add(clock.instant(), What.PERSON, "the owner installs " + successor.lastFour());
            }
        }
        world.use(player.inUse.value(), clock.instant(), "s3", "eu-central-1");
    }

    private void run() throws StoreFailure, InterruptedException {
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        AccountSession session = new AccountSession(tools(assessor, planner), store, Set.of());
        JournalMemory memory = session.memory(any -> live(), snapshot -> {});
        List<AccountOutcome.Surveyed> read = new ArrayList<>();
        new Survey(onlyTheAccount(), assessor, planner, rules.needs(Needs.Identify.ALL), clock, new Meter(), memory)
                .run(outcome -> {
                    if (outcome instanceof AccountOutcome.Surveyed found) {
                        read.add(found);
                    }
                });
        AccountOutcome.Surveyed found = read.getFirst();
        if (players.isEmpty()) {
            cast(found);
        }
        List<Action> due = planner.settle(List.of(found.plan())).actions().stream()
                .filter(action -> isPlayer(action.credential().principal()))
                .toList();
        Account of = found.snapshot().account();
        try {
            session.act(of, live(), due, "demo", outcome -> {});
        } catch (DemoSafe.Crash crash) {
            players.stream()
                    .filter(player -> player.user.equals(crash.user()))
                    .forEach(player -> player.diary.add(
                            clock.instant(),
                            What.FAULT,
                            "the process dies between making a new key and delivering it"));
        }
        tell();
        waiting.clear();
        Planner after = planner.remembering(memory.of(of.id()));
        found.findings().stream()
                .filter(finding -> after.waitsForDecision(finding, clock.instant()))
                .forEach(finding -> {
                    if (finding.credential().principal() instanceof Principal.OfUser user) {
                        waiting.add(user.name().value());
                    }
                });
    }

    private Accounts onlyTheAccount() {
        return sink -> accounts.each(entry -> {
            if (entry instanceof AccountEntry.Readable readable && readable.id().equals(account.id())) {
                sink.accept(entry);
            }
        });
    }

    private LiveAccount live() {
        return accounts.live(account);
    }

    private Tools tools(Assessor assessor, Planner planner) {
        String run = "run-" + ++runs;
        return new Tools(
                assessor,
                planner,
                NEEDS,
                letters,
                safe,
                new Leases(store, clock, run),
                new StopFlag(store),
                clock,
                () -> "demo-" + ++ids,
                clock::move,
                new Abreast(1),
                new Weather(),
                run,
                run);
    }

    /** Three users whose old keys are to be rotated, and whose owners are known. */
    private void cast(AccountOutcome.Surveyed found) {
        for (Finding finding : found.findings()) {
            Part[] parts = Part.values();
            if (players.size() < parts.length
                    && finding.standing() == Standing.EXPIRED
                    && finding.credential().principal() instanceof Principal.OfUser user
                    && finding.credential().keyId() != null
                    && finding.owner() instanceof Fact.Known<Owner>
                    && announces(found.plan(), finding)) {
                Part part = parts[players.size()];
                players.add(new Player(
                        user.name().value(), part, finding.credential().keyId()));
                if (part == Part.MEETS_CRASH) {
                    dying.add(user.name().value());
                }
            }
        }
    }

    private static boolean announces(AccountPlan plan, Finding finding) {
        return plan.due().stream()
                .anyMatch(
                        action -> action instanceof Action.Remind(var credential, var reasons, var owner, Deadline next)
                                && credential.equals(finding.credential())
                                && next.step() == Step.ROTATE);
    }

    private boolean isPlayer(Principal principal) {
        return principal instanceof Principal.OfUser user
                && players.stream()
                        .anyMatch(player -> player.user.equals(user.name().value()));
    }

    /** Once the old key of the first is off, somebody misses it: one command brings it back. */
    private void takeBack() throws StoreFailure, InterruptedException {
        Player player = players.isEmpty() ? null : players.getFirst();
        if (undone || player == null) {
            return;
        }
        List<Entry> off = entries(0, entry -> isOf(entry, player.user) && isOff(entry));
        if (off.isEmpty()) {
            return;
        }
        undone = true;
        player.diary.add(
                clock.instant(), What.PERSON, "a report breaks, and somebody runs keyturn undo " + player.user);
        Tools tools = tools(new Assessor(rules), new Planner(rules, History.NONE));
        new Undo(tools, new AccountSession(tools, store, Set.of()))
                .undo(
                        accountOf(off.getLast()),
                        live(),
                        outcome -> outcome.target().name().value().equals(player.user),
                        (target, done, why) -> {});
        tell();
    }

    private Account accountOf(Entry entry) {
        return new Account(
                Objects.requireNonNull(entry.target()).account(),
                account.name(),
                new Partition(world.partition()),
                Fact.notRead(),
                Fact.notRead(),
                false);
    }

    /** Tells what the journal says since the last time. */
    private void tell() throws StoreFailure {
        for (Entry entry : entries(told, any -> true)) {
            players.stream().filter(player -> isOf(entry, player.user)).forEach(player -> player.diary.take(entry));
        }
        told = store.head(stream()).sequence();
    }

    private String stream() {
        return Streams.of(new AccountId(account.id()));
    }

    private List<Entry> entries(long after, Predicate<Entry> wanted) throws StoreFailure {
        List<Entry> entries = new ArrayList<>();
        for (var line : store.read(stream(), after, Integer.MAX_VALUE)) {
            Entry entry = Entries.of(line);
            if (wanted.test(entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static boolean isOf(Entry entry, String user) {
        return entry.target() != null && entry.target().name().value().equals(user);
    }

    private static boolean isOff(Entry entry) {
        return entry instanceof Entry.Outcome outcome
                && outcome.verb() == Verb.DEACTIVATE
                && outcome.result() == Entry.Result.DONE;
    }
}
