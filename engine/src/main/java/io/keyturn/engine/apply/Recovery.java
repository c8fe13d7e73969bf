package io.keyturn.engine.apply;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds out what came of the acts that an earlier run began and did not see end: it looks at the keys as they are, after
 * AWS had time to show them as they are, and writes that down. What cannot be seen stays in doubt, and its user held.
 */
final class Recovery {
    /**
     * How old an act must be before its effect is looked for. AWS says nothing of how long a change takes to be seen; up
     * to 15 seconds were observed.
     */
    static final Duration SETTLED = Duration.ofSeconds(30);

    /** How long a making of a key that nobody saw succeed is looked for still: it may land late. */
    static final Duration LATEST = Duration.ofDays(7);

    private static final Needs KEYS = new Needs(EnumSet.of(FactName.KEYS, FactName.LAST_USE), Needs.Identify.ALL);

    private final Tools tools;
    private final LiveAccount live;
    private final AccountJournal journal;
    private final AccountPast past;

    Recovery(Tools tools, LiveAccount live, AccountJournal journal, AccountPast past) {
        this.tools = tools;
        this.live = live;
        this.journal = journal;
        this.past = past;
    }

    /** Resolves what can be resolved; what cannot is told as a sentence each. */
    List<String> resolve() throws StoreFailure, InterruptedException {
        List<String> doubts = new ArrayList<>();
        lookForLateKeys(doubts);
        for (Entry.Intent intent : past.unresolved()) {
            settle(intent);
            try {
                Optional<List<Entry>> end = look(intent);
                if (end.isPresent()) {
                    journal.record(end.get());
                } else {
                    doubts.add(sentence(intent, "the keys of the user could not be read whole"));
                }
            } catch (ReadFailure e) {
                doubts.add(sentence(intent, e.problem().sentence()));
            }
        }
        return doubts;
    }

    /** A key that a making of earlier days brought forth after all is nobody's, and is found before anything else is done. */
    private void lookForLateKeys(List<String> doubts) throws StoreFailure, InterruptedException {
        Instant oldest = tools.clock().instant().minus(LATEST);
        for (Entry.Intent intent : past.doubtful()) {
            if (!intent.stamp().at().isBefore(oldest)) {
                try {
                    Optional<Entry> made =
                            new Newborn(intent, live.user(intent.target().name(), KEYS), past, tools).late();
                    if (made.isPresent()) {
                        journal.record(List.of(made.get()));
                    }
                } catch (ReadFailure e) {
                    doubts.add(sentence(intent, e.problem().sentence()));
                }
            }
        }
    }

    private void settle(Entry.Intent intent) throws InterruptedException {
        Duration age = Duration.between(intent.stamp().at(), tools.clock().instant());
        // A negative age, of a clock set back, waits the whole time and no longer.
        Duration left = SETTLED.minus(age.isNegative() ? Duration.ZERO : age);
        // A ticket that was made is found as late as a key is.
        boolean seenLate = intent.verb() != Verb.REMIND
                && intent.verb() != Verb.CLOSE_NOTICE
                && intent.verb() != Verb.CLEAR_SECRET;
        if (left.isPositive() && seenLate) {
            tools.pause().pause(left);
        }
    }

    private Optional<List<Entry>> look(Entry.Intent intent) throws ReadFailure, InterruptedException {
        return switch (intent.verb()) {
            // It is said again, for twice is better than never. A ticket is looked for before one is made.
            // The end of a notice is not: it may have been, and once is enough.
            case REMIND, CLOSE_NOTICE, OPEN_TICKET, CLOSE_TICKET ->
                failed(intent, "the run ended before the carrier had answered");
            case DELIVER_SECRET -> lookAtDelivery(intent);
            case CLEAR_SECRET -> failed(intent, "the run ended before the sink had answered");
            case CREATE_KEY -> new Newborn(intent, read(intent), past, tools).verdict();
            case DEACTIVATE, BROWNOUT ->
                lookAtKey(intent, key -> key.isPresent() && !key.get().active());
            case REACTIVATE ->
                lookAtKey(intent, key -> key.isPresent() && key.get().active());
            case DELETE -> lookAtKey(intent, Optional::isEmpty);
            case FREEZE, THAW -> failed(intent, "it is a person's to decide");
        };
    }

    /**
     * The secret died with the run that held it. A key in use all the same was delivered: our own trial comes after the
     * sink has confirmed it, and whoever else uses it has it from there, and would be locked out. Of one that is not, what
     * lies in the sink is taken away.
     */
    private Optional<List<Entry>> lookAtDelivery(Entry.Intent intent) throws ReadFailure, InterruptedException {
        Optional<User> user = read(intent);
        if (user.isEmpty() || !user.get().id().equals(intent.target().user())) {
            return undelivered(intent);
        }
        if (!(user.get().keys() instanceof Fact.Known<List<AccessKey>> known)) {
            return Optional.empty();
        }
        LastUse use = keyOf(intent, known.value())
                .filter(AccessKey::active)
                .map(AccessKey::lastUse)
                .orElse(LastUse.NEVER_USED);
        return switch (use) {
            case LastUse.Used used -> Optional.of(List.of(delivered(intent)));
            case LastUse.NeverUsed() -> undelivered(intent);
            case LastUse.Unknown unknown -> Optional.empty();
        };
    }

    private Optional<List<Entry>> undelivered(Entry.Intent intent) {
        return failed(intent, "the run ended before the delivery was confirmed");
    }

    private Entry delivered(Entry.Intent intent) {
        String place = tools.planner().rotations().stream()
                .map(Rotation::deliverTo)
                .distinct()
                .collect(Collectors.joining(" or "));
        return new Entry.Outcome(
                tools.stamp(),
                intent.id(),
                intent.verb(),
                intent.target(),
                Entry.Result.DONE,
                null,
                place.isEmpty() ? "its sink" : place,
                "found in use by a later run");
    }

    private Optional<User> read(Entry.Intent intent) throws ReadFailure, InterruptedException {
        return live.user(intent.target().name(), KEYS);
    }

    private Optional<List<Entry>> failed(Entry.Intent intent, String why) {
        return end(intent, Entry.Result.FAILED, why);
    }

    private Optional<List<Entry>> end(Entry.Intent intent, Entry.Result result, String why) {
        return Optional.of(List.of(Entry.Outcome.of(tools.stamp(), intent, result, why)));
    }

    /** @param isDone whether it is done, by the key as it is now; empty where it is gone */
    private Optional<List<Entry>> lookAtKey(Entry.Intent intent, Predicate<Optional<AccessKey>> isDone)
            throws ReadFailure, InterruptedException {
        Optional<User> user = read(intent);
        if (user.isEmpty() || !user.get().id().equals(intent.target().user())) {
            return end(intent, Entry.Result.SKIPPED, "the user is gone");
        }
        if (!(user.get().keys() instanceof Fact.Known<List<AccessKey>> known)) {
            return Optional.empty();
        }
        return isDone.test(keyOf(intent, known.value()))
                ? end(intent, Entry.Result.DONE, "found done by a later run")
                : failed(intent, "found not done by a later run");
    }

    /** The key that it is about; empty where it is gone. */
    private static Optional<AccessKey> keyOf(Entry.Intent intent, List<AccessKey> keys) {
        return keys.stream()
                .filter(key -> Objects.equals(key.id(), intent.target().key()))
                .findFirst();
    }

    private static String sentence(Entry.Intent intent, String why) {
        return "it is still not known what came of the " + intent.verb().label() + " of "
                + intent.target().name() + " begun at " + intent.stamp().at() + ": " + why;
    }
}
