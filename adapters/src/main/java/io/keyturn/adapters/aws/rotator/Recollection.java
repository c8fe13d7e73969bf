package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What would stand in a journal, had the rotation of one user been written into one: pure. */
final class Recollection {
    private static final String EARLIER = "tags";

    private final RotatorTags names;
    private final Account account;
    private final User user;
    private final List<Entry> entries = new ArrayList<>();

    private Recollection(RotatorTags names, Account account, User user) {
        this.names = names;
        this.account = account;
        this.user = user;
    }

    /** The entries, oldest first. */
    static List<Entry> of(RotatorTags names, Account account, User user, RotationState standing) {
        Recollection made = new Recollection(names, account, user);
        made.recall(standing);
        return List.copyOf(made.entries);
    }

    private void recall(RotationState standing) {
        switch (standing) {
            case RotationState.None none -> {
                // It has no past.
            }
            case RotationState.Grace grace -> {
                Instant since = RotationState.start(grace.day());
                succeeded(grace.old(), id(grace.fresh()), since);
                if (grace.told()) {
                    told(grace.old(), Step.DEACTIVATE, since, since.plus(names.grace()));
                }
                rest(id(grace.fresh()), since, "its rotation is under way");
            }
            case RotationState.CoolDown ending -> {
                Instant since = RotationState.start(ending.day());
                Instant made = ending.fresh().created();
                succeeded(ending.old(), id(ending.fresh()), made.isBefore(since) ? made : since);
                done(Verb.DEACTIVATE, target(ending.old()), since, null, null);
                if (ending.told()) {
                    told(ending.old(), Step.DELETE, since, since.plus(names.coolDown()));
                }
                rest(id(ending.fresh()), since, "its rotation is under way");
            }
            case RotationState.Making(Mark mark) ->
                entries.add(new Entry.Intent(
                        stamp(mark.at()), name(), Verb.CREATE_KEY, target(mark.old()), mark.keys(), null));
            case RotationState.Lost(Mark mark) -> lost(mark);
            case RotationState.LostAndOff(Mark mark) -> lost(mark);
            case RotationState.LostAndNoted(Mark mark) -> {
                made(mark.old(), mark.made(), mark.at());
                done(Verb.DEACTIVATE, target(mark.made()), mark.at(), null, null);
            }
            case RotationState.Over(var tags, String why) -> rest(null, Instant.EPOCH, why);
            case RotationState.Unreadable(String why) -> rest(null, Instant.EPOCH, why);
        }
    }

    private void succeeded(KeyId old, KeyId fresh, Instant at) {
        made(old, fresh, at);
        String place = names.place(account.partition().id(), user.name().value(), fresh.value());
        done(Verb.DELIVER_SECRET, target(fresh), at, null, place);
    }

    private void made(KeyId old, KeyId fresh, Instant at) {
        done(Verb.CREATE_KEY, target(old), at, fresh, null);
    }

    /** Something of the secret may be in the bucket: that its delivery was begun makes a run take it away. */
    private void lost(Mark mark) {
        made(mark.old(), mark.made(), mark.at());
        Entry.Intent begun =
                new Entry.Intent(stamp(mark.at()), name(), Verb.DELIVER_SECRET, target(mark.made()), List.of(), null);
        entries.add(begun);
        entries.add(Entry.Outcome.of(stamp(mark.at()), begun, Entry.Result.FAILED, "its secret was lost"));
    }

    private void told(KeyId key, Step step, Instant at, Instant due) {
        entries.add(new Entry.Notice(
                stamp(at), name(), target(key), step, due, "email", "the owner", Placement.PLACED, null));
    }

    /** Of a key, or of the whole user, nothing is said and nothing done in this run. */
    private void rest(@Nullable KeyId key, Instant at, String why) {
        entries.add(new Entry.Decision(
                stamp(at),
                name(),
                Entry.Decision.Kind.SNOOZE,
                new Scope.OfTarget(new Target(account.id(), user.id(), user.name(), key)),
                "keyturn",
                why,
                null,
                null));
    }

    private void done(Verb verb, Target target, Instant at, @Nullable KeyId made, @Nullable String place) {
        entries.add(new Entry.Outcome(stamp(at), name(), verb, target, Entry.Result.DONE, made, place, ""));
    }

    private Target target(KeyId key) {
        return new Target(account.id(), user.id(), user.name(), key);
    }

    private static KeyId id(AccessKey key) {
        return Objects.requireNonNull(key.id(), "a key whose standing is known has an ID");
    }

    private static Entry.Stamp stamp(Instant at) {
        return new Entry.Stamp(at, EARLIER, EARLIER);
    }

    private String name() {
        return EARLIER + "/" + user.id().value() + "/" + entries.size();
    }
}
