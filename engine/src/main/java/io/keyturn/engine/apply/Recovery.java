package io.keyturn.engine.apply;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.User;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

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
        for (Entry.Intent intent : past.unresolved()) {
            settle(intent);
            try {
                Optional<Entry.Outcome> outcome = look(intent);
                if (outcome.isPresent()) {
                    journal.record(List.of(outcome.get()));
                } else {
                    doubts.add(sentence(intent, "the keys of the user could not be read whole"));
                }
            } catch (ReadFailure e) {
                doubts.add(sentence(intent, e.problem().sentence()));
            }
        }
        return doubts;
    }

    private void settle(Entry.Intent intent) throws InterruptedException {
        Duration age = Duration.between(intent.stamp().at(), tools.clock().instant());
        // A negative age, of a clock set back, waits the whole time and no longer.
        Duration left = SETTLED.minus(age.isNegative() ? Duration.ZERO : age);
        if (left.isPositive() && !intent.verb().speaks()) {
            tools.pause().pause(left);
        }
    }

    private Optional<Entry.Outcome> look(Entry.Intent intent) throws ReadFailure, InterruptedException {
        if (intent.verb().speaks()) {
            // It is said again, for twice is better than never.
            return Optional.of(outcome(intent, Entry.Result.FAILED, "the run ended before the carrier had answered"));
        }
        Optional<User> user =
                live.user(intent.target().name(), new Needs(EnumSet.of(FactName.KEYS), Needs.Identify.ALL));
        if (user.isEmpty() || !user.get().id().equals(intent.target().user())) {
            return Optional.of(outcome(intent, Entry.Result.SKIPPED, "the user is gone"));
        }
        if (!(user.get().keys() instanceof Fact.Known<List<AccessKey>> known)) {
            return Optional.empty();
        }
        Optional<AccessKey> key = known.value().stream()
                .filter(candidate -> candidate.id() != null
                        && candidate.id().equals(intent.target().key()))
                .findFirst();
        return Optional.of(judge(intent, key));
    }

    private Entry.Outcome judge(Entry.Intent intent, Optional<AccessKey> key) {
        boolean done = switch (intent.verb()) {
            case DEACTIVATE, BROWNOUT -> key.isPresent() && !key.get().active();
            case REACTIVATE -> key.isPresent() && key.get().active();
            case DELETE -> key.isEmpty();
            case CREATE_KEY, DELIVER_SECRET, REMIND, OPEN_TICKET, CLOSE_TICKET, FREEZE, THAW -> false;
        };
        return done
                ? outcome(intent, Entry.Result.DONE, "found done by a later run")
                : outcome(intent, Entry.Result.FAILED, "found not done by a later run");
    }

    private Entry.Outcome outcome(Entry.Intent intent, Entry.Result result, String why) {
        return new Entry.Outcome(tools.stamp(), intent.id(), intent.verb(), intent.target(), result, null, why);
    }

    private static String sentence(Entry.Intent intent, String why) {
        return "it is still not known what came of the " + intent.verb().label() + " of "
                + intent.target().name() + " begun at " + intent.stamp().at() + ": " + why;
    }
}
