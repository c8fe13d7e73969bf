package io.keyturn.engine.apply;

import io.keyturn.core.assess.Successions;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a making of a key that nobody saw end, told by the keys there are now and those that there were. A key
 * that appeared then, alone and never used, is ours, and its secret is lost; whatever else appeared is for a person.
 */
final class Newborn {
    /** How far the clocks of AWS and of the worker may lie apart. */
    private static final Duration SKEW = Duration.ofMinutes(5);
    /** How late a request that was given up may still take effect. */
    private static final Duration LATE = Duration.ofMinutes(15);

    private static final String AUTHOR = "keyturn";

    private final Entry.Intent intent;
    private final Optional<User> user;
    private final Successions known;
    private final Tools tools;

    Newborn(Entry.Intent intent, Optional<User> user, Successions known, Tools tools) {
        this.intent = intent;
        this.user = user;
        this.known = known;
        this.tools = tools;
    }

    /** What is to be written; empty where the keys could not be read whole. */
    Optional<List<Entry>> verdict() {
        if (user.isEmpty() || !user.get().id().equals(intent.target().user())) {
            return Optional.of(List.of(end(Entry.Result.SKIPPED, "the user is gone")));
        }
        Optional<List<AccessKey>> fresh = fresh(user.get());
        if (fresh.isEmpty() || fresh.get().stream().anyMatch(key -> key.lastUse() instanceof LastUse.Unknown)) {
            return Optional.empty();
        }
        if (fresh.get().isEmpty()) {
            return Optional.of(List.of(end(Entry.Result.FAILED, "found not done by a later run")));
        }
        if (fresh.get().size() == 1 && fits(fresh.get().getFirst())) {
            return Optional.of(List.of(found(fresh.get().getFirst())));
        }
        String why = "keys appeared that do not fit the one that was being made at "
                + intent.stamp().at() + ": " + ids(fresh.get());
        return Optional.of(List.of(freeze(why), end(Entry.Result.SKIPPED, why)));
    }

    /** The key that a making which had been given up brought forth after all; empty where there is none that fits. */
    Optional<Entry> late() {
        return user.filter(found -> found.id().equals(intent.target().user()))
                .flatMap(this::fresh)
                .filter(fresh -> fresh.size() == 1 && fits(fresh.getFirst()))
                .map(fresh -> found(fresh.getFirst()));
    }

    /** The keys that were not there; empty where they are not known. */
    private Optional<List<AccessKey>> fresh(User read) {
        if (!(read.keys() instanceof Fact.Known<List<AccessKey>> keys)) {
            return Optional.empty();
        }
        List<AccessKey> fresh = new ArrayList<>();
        for (AccessKey key : keys.value()) {
            KeyId id = key.id();
            if (id == null) {
                return Optional.empty();
            }
            if (!intent.present().contains(id) && known.by(id) == null) {
                fresh.add(key);
            }
        }
        return Optional.of(fresh);
    }

    private boolean fits(AccessKey key) {
        Instant begun = intent.stamp().at();
        return key.lastUse() instanceof LastUse.NeverUsed
                && !key.created().isBefore(begun.minus(SKEW))
                && !key.created().isAfter(begun.plus(LATE));
    }

    private static String ids(List<AccessKey> keys) {
        return String.join(
                ", ", keys.stream().map(key -> String.valueOf(key.id())).toList());
    }

    private Entry found(AccessKey key) {
        return new Entry.Outcome(
                tools.stamp(),
                intent.id(),
                intent.verb(),
                intent.target(),
                Entry.Result.DONE,
                key.id(),
                null,
                "found made by a later run; its secret is lost");
    }

    private Entry end(Entry.Result result, String why) {
        return Entry.Outcome.of(tools.stamp(), intent, result, why);
    }

    private Entry freeze(String why) {
        Target all = new Target(
                intent.target().account(),
                intent.target().user(),
                intent.target().name(),
                null);
        return new Entry.Decision(
                tools.stamp(),
                tools.ids().get(),
                Entry.Decision.Kind.FREEZE,
                new Scope.OfTarget(all),
                AUTHOR,
                why,
                null,
                null);
    }
}
