package io.keyturn.app.compare;

import io.keyturn.app.presets.Translation;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tags of one user say of its rotation.
 *
 * @param old the key that is replaced, and {@code fresh} the one that replaces it; null where the rotation is over
 * @param replaced the day on which it was; {@code off} that on which the old key was switched off, null where it works
 * @param over why the tags are of no rotation any more; null where they are
 */
record RotationTraces(
        User user,
        List<AccessKey> keys,
        @Nullable AccessKey old,
        @Nullable AccessKey fresh,
        @Nullable LocalDate replaced,
        @Nullable LocalDate off,
        @Nullable String over) {

    /** Empty where the user is in no rotation of the tool's. */
    static Optional<RotationTraces> of(User user, List<Entry> past) {
        List<AccessKey> keys =
                user.keys() instanceof Fact.Known<List<AccessKey>>(var known, var at) ? known : List.of();
        AccessKey old = null;
        AccessKey fresh = null;
        LocalDate replaced = null;
        LocalDate off = null;
        String over = null;
        boolean delivered = false;
        for (Entry entry : past) {
            if (entry instanceof Entry.Outcome outcome && outcome.verb() == Verb.CREATE_KEY) {
                old = find(keys, outcome.target().key());
                fresh = find(keys, outcome.made());
                replaced = day(outcome.stamp().at());
            } else if (entry instanceof Entry.Outcome outcome && outcome.verb() == Verb.DELIVER_SECRET) {
                delivered = outcome.result() == Entry.Result.DONE;
            } else if (entry instanceof Entry.Outcome outcome && outcome.verb() == Verb.DEACTIVATE) {
                off = day(outcome.stamp().at());
            } else if (entry instanceof Entry.Decision decision
                    && decision.scope() instanceof Scope.OfTarget(var target)
                    && target.key() == null) {
                over = decision.why();
            }
        }
        return over != null || delivered && old != null && fresh != null
                ? Optional.of(new RotationTraces(user, keys, old, fresh, replaced, off, over))
                : Optional.empty();
    }

    private static @Nullable AccessKey find(List<AccessKey> keys, @Nullable KeyId id) {
        return keys.stream()
                .filter(key -> key.id() != null && key.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /**
     * Its steps, those that were done and those that are due.
     *
     * @param expire age from which a key is replaced
     * @param due what Keyturn would do now
     */
    List<Compared> compare(Duration expire, Translation.State.RotatorTags tags, List<Action> due, Instant now) {
        if (old == null || fresh == null || replaced == null) {
            return List.of(ended());
        }
        List<Compared> rows = new ArrayList<>();
        long age = ChronoUnit.DAYS.between(day(old.created()), replaced);
        long limit = expire.toDays() - 1;
        rows.add(row(
                Act.ROTATE,
                age > limit ? Verdict.SAME : Verdict.DIFFERENT,
                "replaced it on " + replaced,
                (age > limit ? "replaces it too: " : "leaves it: then ") + age + " days old, overdue after " + limit));
        if (off == null) {
            ahead(Act.DEACTIVATE, replaced, tags.grace(), due.stream().anyMatch(this::switchesOff), now)
                    .ifPresent(rows::add);
        } else {
            rows.add(switchedOff(replaced, off, tags.grace()));
            ahead(Act.DELETE, off, tags.coolDown(), due.stream().anyMatch(this::deletes), now)
                    .ifPresent(rows::add);
        }
        return rows;
    }

    private boolean switchesOff(Action action) {
        return action instanceof Action.Deactivate && isOld(action);
    }

    private boolean deletes(Action action) {
        return action instanceof Action.Delete && isOld(action);
    }

    private boolean isOld(Action action) {
        return old != null
                && old.id() != null
                && old.id().equals(action.credential().keyId());
    }

    /** The tool acts by its tags alone; Keyturn looks whether they are still true. */
    private Compared ended() {
        boolean both = keys.size() == 2 && keys.stream().allMatch(AccessKey::active);
        boolean off =
                keys.size() == 2 && keys.stream().filter(AccessKey::active).count() == 1;
        String tool = both
                ? "goes on by its tags: next it switches off the key that they name"
                : off
                        ? "goes on by its tags: next it deletes the key that they name"
                        : "takes the tags away at its next run";
        return new Compared(
                user.name().value(),
                null,
                Act.TIDY,
                both || off ? Verdict.DIFFERENT : Verdict.NOT_YET,
                tool,
                "touches no key: " + over);
    }

    private Compared switchedOff(LocalDate from, LocalDate until, Duration grace) {
        long days = ChronoUnit.DAYS.between(from, until);
        String tool = "switched it off on " + until;
        if (days < grace.toDays()) {
            return row(
                    Act.DEACTIVATE,
                    Verdict.DIFFERENT,
                    tool,
                    "leaves it on: that was after " + days + " days, and its grace is " + (grace.toDays() - 1));
        }
        Instant used = usedSince();
        return used == null
                ? row(Act.DEACTIVATE, Verdict.SAME, tool, "switches it off too, after " + days + " days")
                : row(Act.DEACTIVATE, Verdict.DIFFERENT, tool, keeps(used));
    }

    /** The next step, where its day is over. */
    private Optional<Compared> ahead(Act act, LocalDate from, Duration after, boolean planned, Instant now) {
        long over = ChronoUnit.DAYS.between(from, day(now)) - after.toDays();
        if (over < 0) {
            return Optional.empty();
        }
        String verb = act == Act.DELETE ? "delete it" : "switch it off";
        if (planned) {
            return Optional.of(row(
                    act,
                    over > 0 ? Verdict.DIFFERENT : Verdict.NOT_YET,
                    "did not " + verb,
                    (act == Act.DELETE ? "deletes it" : "switches it off") + ": " + (over + after.toDays())
                            + " days since " + from + ", limit " + (after.toDays() - 1)));
        }
        Instant used = usedSince();
        return Optional.of(row(
                act,
                Verdict.DIFFERENT,
                "goes by its days: next it will " + verb,
                used == null ? "keeps it for now; `--dry-run` tells what it does instead" : keeps(used)));
    }

    private static String keeps(Instant used) {
        return "keeps it on and tells its owner: it was used on " + day(used) + ", and the new key never was";
    }

    /** When the old key was last used after it was replaced, where the new one never was; else null. */
    private @Nullable Instant usedSince() {
        return old != null
                        && fresh != null
                        && old.lastUse() instanceof LastUse.Used(Instant at, var service, var region)
                        && at.isAfter(fresh.created())
                        && fresh.lastUse() instanceof LastUse.NeverUsed
                ? at
                : null;
    }

    private Compared row(Act act, Verdict verdict, String tool, String keyturn) {
        return new Compared(user.name().value(), old == null ? null : old.id(), act, verdict, tool, keyturn);
    }
}
