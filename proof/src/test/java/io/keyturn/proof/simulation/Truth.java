package io.keyturn.proof.simulation;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.journal.Streams;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds the world against the promises of docs/safety.md after every single step: from the world's own keys, letters and
 * sink, not from what Keyturn believes. What it finds broken it keeps, a sentence each.
 */
final class Truth {
    private static final Duration IN_FLIGHT = Duration.ofMinutes(10);

    private final Life life;
    private final SimulatedSink sink;
    private final List<String> broken = new ArrayList<>();
    private final Map<String, SimKey> before = new LinkedHashMap<>();
    private final Map<String, Instant> offSince = new HashMap<>();
    /** Keys that were there before Keyturn, or that people made. */
    private final Set<String> ofPeople = new HashSet<>();
    /** Keys whose right secret lay in the sink at some time. */
    private final Set<String> delivered = new HashSet<>();
    /** Keys that somebody ever worked with. */
    private final Set<String> worked = new HashSet<>();

    final Board board;
    final Ward ward;
    final Aim aim;
    private final Calendar calendar;
    private final WayBack wayBack;
    /** Keys of people that Keyturn switched off. */
    private final Set<String> cut = new HashSet<>();
    /** Those that a person then switched on again. */
    private final Set<String> wanted = new HashSet<>();

    private final Map<Capped, List<Instant>> acts = new EnumMap<>(Capped.class);
    /** The last lines that were read of the journals, and what these say so far. */
    private final Map<String, JournalStore.Head> read = new HashMap<>();

    private final Written written = new Written();
    /** What was looked at last. */
    private @Nullable Ground looked;

    private boolean people;
    private int made;

    Truth(Life life, SimulatedSink sink) {
        this.life = life;
        this.sink = sink;
        this.board = new Board(life, this::expect);
        this.ward = new Ward(life, this::expect);
        this.aim = new Aim(life, this::expect);
        this.calendar = new Calendar(life, this::expect);
        this.wayBack = new WayBack(life, this::expect);
        people = true;
        observe();
        people = false;
    }

    /** What another life's judge has seen so far. */
    Truth(Truth other, Life life, SimulatedSink sink) {
        this.life = life;
        this.sink = sink;
        this.board = new Board(other.board, life, this::expect);
        this.ward = new Ward(other.ward, life, this::expect);
        this.aim = new Aim(other.aim, life, this::expect);
        this.calendar = new Calendar(other.calendar, life, this::expect);
        this.wayBack = new WayBack(other.wayBack, life, this::expect);
        cut.addAll(other.cut);
        wanted.addAll(other.wanted);
        broken.addAll(other.broken);
        before.putAll(other.before);
        offSince.putAll(other.offSince);
        ofPeople.addAll(other.ofPeople);
        delivered.addAll(other.delivered);
        worked.addAll(other.worked);
        other.acts.forEach((capped, when) -> acts.put(capped, new ArrayList<>(when)));
        made = other.made;
        other.written.entries().forEach(written);
        read.putAll(other.read);
    }

    /** What was found broken so far. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** What changes now, people do. */
    void byPeople(Runnable deeds) {
        observe();
        people = true;
        deeds.run();
        observe();
        people = false;
    }

    /** What it remembers that bears on what it will say. */
    String memory() {
        return new TreeMap<>(offSince) + " " + new TreeSet<>(ofPeople) + " " + new TreeSet<>(delivered) + " "
                + new TreeSet<>(worked)
                + " " + acts
                + " " + made
                + " " + new TreeSet<>(cut)
                + " " + new TreeSet<>(wanted)
                + " " + aim.memory()
                + " " + wayBack.memory();
    }

    /** A run that is to do nothing. */
    void dryly(Runnable run) {
        observe();
        String before = everything();
        run.run();
        observe();
        expect(before.equals(everything()), "10: a dry run changed or said something", life.worker());
    }

    /** All that Keyturn may not touch in a dry run. */
    private String everything() {
        StringBuilder all = new StringBuilder();
        life.keys().forEach(key -> all.append(key.id()).append(key.active()).append(' '));
        life.store.inner.find(
                JournalStore.Query.ALL, line -> all.append(line.text()).append('\n'));
        return all.append(life.sink.held.keySet())
                .append(life.letters.arrived.size() + life.letters.ends.size() + life.letters.posted.size())
                .append(life.jira.issues)
                .append(life.pager.incidents)
                .toString();
    }

    /** What holds after a run. */
    void afterRun() {
        wayBack.afterRun(Set.copyOf(cut));
    }

    /** Looks at what changed since the last look. */
    void observe() {
        life.world.settle(life.clock.instant());
        life.jira.settle();
        life.pager.settle();
        board.observe();
        ward.observe();
        calendar.observe();
        Ground ground = new Ground(life.world.changes(), sink.changes, life.inUse());
        if (!ground.isSameAs(looked)) {
            looked = ground;
            look();
        }
    }

    /** What keys, sink and people's use of keys are judged by: where it is the same as before, so is what it shows. */
    private record Ground(long world, int sink, Set<String> inUse) {
        boolean isSameAs(@Nullable Ground other) {
            return other != null && world == other.world && sink == other.sink && inUse == other.inUse;
        }
    }

    private void look() {
        Map<String, SimKey> now = new LinkedHashMap<>();
        life.keys().forEach(key -> now.put(key.id(), key));
        now.forEach((id, key) -> {
            if (key.secret().equals(sink.held.get(id))) {
                delivered.add(id);
            }
        });
        worked.addAll(life.inUse());
        if (!isSame(now)) {
            changed(now);
            before.clear();
            before.putAll(now);
        }
    }

    private boolean isSame(Map<String, SimKey> now) {
        return now.keySet().equals(before.keySet())
                && now.entrySet().stream()
                        .allMatch(entry -> Objects.requireNonNull(before.get(entry.getKey()))
                                        .active()
                                == entry.getValue().active());
    }

    private void changed(Map<String, SimKey> now) {
        now.forEach((id, key) -> {
            SimKey was = before.get(id);
            if (was == null) {
                appeared(key);
            } else if (was.active() && !key.active()) {
                switchedOff(key, now);
            } else if (!was.active() && key.active()) {
                offSince.remove(id);
                // Of a call whose end nobody could write down nobody can know that somebody took it back.
                if (cut.remove(id) && people && written().isCut(id)) {
                    wanted.add(id);
                }
                expect(
                        people || (wasIntended(Verb.BROWNOUT, id) && wasIntended(Verb.REACTIVATE, id)),
                        "a key was switched on without an undo, or the end of a brownout",
                        id);
            }
        });
        before.forEach((id, key) -> {
            if (!now.containsKey(id)) {
                deleted(key);
            }
        });
    }

    private void appeared(SimKey key) {
        if (people) {
            ofPeople.add(key.id());
            return;
        }
        made++;
        exempt(key);
        List<Entry.Intent> intents = intents(Verb.CREATE_KEY);
        expect(intents.size() >= made, "6: more keys were made than were meant to be", key.id());
        expect(!intents.isEmpty(), "6: a key was made without an intent", key.id());
        expect(
                intents.stream().noneMatch(intent -> intent.present().contains(new KeyId(key.id()))),
                "6: the intent counts the new key among those there were",
                key.id());
    }

    private void switchedOff(SimKey key, Map<String, SimKey> now) {
        offSince.put(key.id(), life.clock.instant());
        if (people) {
            return;
        }
        expect(
                wasIntended(Verb.DEACTIVATE, key.id()) || wasIntended(Verb.BROWNOUT, key.id()),
                "15: no intent before a key was switched off",
                key.id());
        if (!ofPeople.contains(key.id())) {
            // What Keyturn made and nobody uses it may take back.
            expect(!isUsed(key), "1: a successor in use was switched off", key.id());
            return;
        }
        cut.add(key.id());
        expect(
                !wanted.contains(key.id()),
                "14: a key was switched off again that a person had switched on again",
                key.id());
        aim.changed(key.id());
        exempt(key);
        // When it was, and not when it is seen: what lands late lands between two looks.
        capped(Capped.DEACTIVATE, key, key.turns());
        if (wasInUse(key)) {
            expect(
                    ofSameUser(key, now).anyMatch(other -> other.active() && isHeld(other.id())),
                    "1: no key is left that its owner could hold",
                    key.id());
        }
        if (isUsed(key)) {
            expect(
                    ofSameUser(key, now)
                            .anyMatch(other -> other.active() && life.inUse().contains(other.id())),
                    "2: a key in use was switched off before its successor was",
                    key.id());
        }
        announced(key, Step.DEACTIVATE, rotation().deactivateAfter());
    }

    private Stream<SimKey> ofSameUser(SimKey key, Map<String, SimKey> now) {
        String user = life.arnOfKey(key.id());
        return now.values().stream().filter(other -> life.arnOfKey(other.id()).equals(user));
    }

    /** Whether it counts as in use, by the policy's own window. */
    private boolean wasInUse(SimKey key) {
        Instant used = key.lastUsed();
        return used != null
                && used.plus(life.rules().policies().getFirst().inUseWindow()).isAfter(life.clock.instant());
    }

    private void exempt(SimKey key) {
        String arn = life.arnOfKey(key.id());
        expect(
                life.rules().exemptions().stream()
                        .noneMatch(exemption -> exemption.user().matches(arn)),
                "14: a key of an exempt user was changed",
                key.id());
    }

    private void capped(Capped capped, SimKey key, Instant now) {
        List<Instant> before = acts.computeIfAbsent(capped, any -> new ArrayList<>());
        before.add(now);
        Caps caps = life.rules().caps().get(capped);
        Caps.Cap global = caps == null ? null : caps.global();
        if (global != null) {
            long within = before.stream()
                    // One that was sent in time may land a little later.
                    .filter(at -> at.isAfter(now.minus(global.window()).plus(IN_FLIGHT)))
                    .count();
            expect(within <= global.count(), "9: more keys were changed than a cap allows", key.id());
        }
    }

    /** A change of a key is about to be sent. */
    void beforeWrite(String worker, Operation operation) {
        beforeChange(worker, operation.account());
        aim.beforeWrite(worker, operation, written(), ofPeople);
    }

    /** A change is about to be sent. */
    void beforeChange(String worker, String account) {
        expect(stop().isEmpty(), "16: a change began after everything was stopped", worker);
        heldBy(worker, account, "11: a change began while the account was not the worker's");
    }

    private void heldBy(String worker, String account, String promise) {
        try {
            Optional<Leases.Held> holder =
                    new Leases(life.store.inner, life.local(), "judge").holder(Streams.of(new AccountId(account)));
            expect(holder.isPresent() && holder.get().by().equals(worker), promise, worker);
        } catch (StoreFailure e) {
            broken.add("11: the lease cannot be read: " + e.problem().sentence());
        }
    }

    /** Something is about to be said of keys. */
    void beforeSending(List<Notice> notices) {
        expect(stop().isEmpty(), "16: something was said after everything was stopped", life.worker());
        notices.stream()
                .map(notice -> notice.finding().credential().account().value())
                .distinct()
                .forEach(account -> heldBy(
                        life.worker(), account, "11: something was said while the account was not the worker's"));
        board.beforeSending(notices, written());
    }

    /** Something is about to be filed. */
    void beforeFiling(String worker, String account) {
        beforeChange(worker, account);
        board.beforeFiling(worker, written());
    }

    /** Who stopped everything, and why; empty where nobody did. */
    String stop() {
        return life.store
                .inner
                .register("stop")
                .map(JournalStore.Register::value)
                .orElse("");
    }

    private boolean isHeld(String id) {
        return ofPeople.contains(id) || delivered.contains(id);
    }

    /** Whether its owner worked with it in the last 14 days. */
    private boolean isUsed(SimKey key) {
        Instant used = key.lastUsed();
        return life.inUse().contains(key.id())
                && used != null
                && used.plus(Duration.ofDays(14)).isAfter(life.clock.instant());
    }

    private void deleted(SimKey key) {
        if (people) {
            return;
        }
        intended(Verb.DELETE, key);
        capped(Capped.DELETE, key, life.clock.instant());
        Instant since = offSince.get(key.id());
        expect(since != null, "3: a key that worked was deleted", key.id());
        Duration coolDown = ofPeople.contains(key.id()) || worked.contains(key.id())
                ? rotation().deleteAfter()
                : Rotation.UNHELD_DELETE_AFTER;
        expect(
                since == null || !since.plus(coolDown).isAfter(life.clock.instant()),
                "3: a key was deleted before its cool-down was over",
                key.id());
        if (ofPeople.contains(key.id())) {
            aim.changed(key.id());
            announced(key, Step.DELETE, Duration.ZERO);
        }
    }

    /** A letter that arrived named the key and the step, a day that has come, and came early enough before it. */
    private void announced(SimKey key, Step step, Duration time) {
        Instant now = life.clock.instant();
        calendar.taken(key.id(), step);
        expect(
                board.announced(key, step, time)
                        || life.letters.arrived.stream().anyMatch(letter -> {
                            Deadline deadline = letter.notice().announced();
                            return deadline != null
                                    && deadline.step() == step
                                    && key.id()
                                            .equals(String.valueOf(letter.notice()
                                                    .finding()
                                                    .credential()
                                                    .keyId()))
                                    && !deadline.at().isAfter(now)
                                    && !letter.at().plus(time).isAfter(now.plusSeconds(1));
                        }),
                "13: a step came without its notice: " + step,
                key.id());
    }

    private Rotation rotation() {
        Policy policy = life.rules().policies().getFirst();
        return Objects.requireNonNull(policy.rotation());
    }

    private void intended(Verb verb, SimKey key) {
        expect(wasIntended(verb, key.id()), "15: no intent before the " + verb.label(), key.id());
    }

    private boolean wasIntended(Verb verb, String key) {
        return intents(verb).stream()
                .anyMatch(intent -> key.equals(String.valueOf(intent.target().key())));
    }

    private List<Entry.Intent> intents(Verb verb) {
        return written().intents(verb);
    }

    /** The journal, verified. */
    List<Entry> entries() {
        return Collections.unmodifiableList(written().entries());
    }

    private Written written() {
        try {
            for (SimAccount account : life.world.accounts()) {
                JournalStore.Head last = read.getOrDefault(account.id(), JournalStore.Head.EMPTY);
                read.put(
                        account.id(),
                        AccountJournal.resume(life.store.inner, account.id(), last, written)
                                .head());
            }
        } catch (StoreFailure e) {
            broken.add("15: the journal does not verify: " + e.problem().sentence());
        }
        return written;
    }

    /** What holds at the end of a life. */
    void end() {
        written();
        StringBuilder text = new StringBuilder(String.join("\n", life.shown));
        life.store.inner.find(
                JournalStore.Query.ALL, line -> text.append(line.text()).append('\n'));
        life.letters.arrived.forEach(letter -> text.append(letter).append('\n'));
        String all = text.toString();
        for (SimKey key : life.keys()) {
            expect(!all.contains(key.secret()), "7: a secret was written outside of its sink", key.id());
        }
        for (SimKey key : life.keys()) {
            expect(!key.active() || isHeld(key.id()), "17: a key that nobody holds works still", key.id());
        }
        for (SimKey key : life.keys()) {
            boolean forGood = key.active() || !wasIntended(Verb.BROWNOUT, key.id());
            expect(
                    forGood || wasIntended(Verb.DEACTIVATE, key.id()) || !stop().isEmpty(),
                    "17: a key that was to be off for a while is off still",
                    key.id());
        }
        String served = life.scenario().served();
        for (SimKey key : life.keys()) {
            expect(
                    !key.active()
                            || served == null
                            || !life.arnOfKey(key.id()).endsWith("/" + served)
                            || !life.isCalmOfLate(2)
                            || !stop().isEmpty(),
                    "18: what fails for others held up what was due",
                    key.id());
        }
        broken.addAll(Said.tooOften(life));
        board.end(entries());
    }

    /** What holds some weeks later, of an owner who installed the successor and left the old key. */
    void finished() {
        List<SimKey> left = life.keys();
        expect(
                left.size() == 1 && life.inUse().contains(left.getFirst().id()),
                "17: a rotation that its owner finished has not ended",
                Life.ANN);
    }

    private void expect(boolean holds, String promise, String key) {
        if (!holds) {
            broken.add(promise + " (" + key + " at " + life.clock.instant() + ")");
        }
    }
}
