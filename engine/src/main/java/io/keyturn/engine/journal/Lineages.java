package io.keyturn.engine.journal;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.assess.Successions;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Verb;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the entries of a journal say of the keys that Keyturn made: which for which, where delivered, and what is left. */
final class Lineages implements Successions {
    /** A key that was made, as far as its story goes. */
    private static final class Made {
        private final Target old;
        private final KeyId oldKey;
        private final KeyId key;
        private final Instant at;
        private Succession.@Nullable Delivery delivery;
        /** Whether anything of its secret may be in a sink: from the first attempt until it was cleared. */
        private boolean inSink;

        private boolean gone;

        Made(Target old, KeyId oldKey, KeyId key, Instant at) {
            this.old = old;
            this.oldKey = oldKey;
            this.key = key;
            this.at = at;
        }

        Succession succession() {
            return new Succession(oldKey, key, at, delivery);
        }
    }

    private final Map<KeyId, Made> byNew = new LinkedHashMap<>();
    private final Map<KeyId, Made> byOld = new HashMap<>();
    /** The last making of a key for a user that nobody saw succeed, and nobody can be sure failed. */
    private final Map<UserId, Entry.Intent> doubtful = new LinkedHashMap<>();

    void begun(Entry.Intent intent) {
        KeyId key = intent.target().key();
        Made made = key == null ? null : byNew.get(key);
        if (made != null && intent.verb() == Verb.DELIVER_SECRET) {
            made.inSink = true;
        }
    }

    /** A later run found nothing done; that it had not been refused at once leaves it open whether it is done one day. */
    void notFound(Entry.Intent intent) {
        if (intent.verb() == Verb.CREATE_KEY) {
            doubtful.put(intent.target().user(), intent);
        }
    }

    /** @param key the one that it is about */
    void done(Entry.Outcome outcome, KeyId key) {
        KeyId made = outcome.made();
        switch (outcome.verb()) {
            case CREATE_KEY -> {
                if (made != null) {
                    doubtful.remove(outcome.target().user());
                    Made one = new Made(
                            outcome.target(), key, made, outcome.stamp().at());
                    byNew.put(made, one);
                    byOld.put(key, one);
                }
            }
            case DELIVER_SECRET -> {
                Made one = byNew.get(key);
                String place = outcome.place();
                if (one != null && place != null) {
                    one.delivery = new Succession.Delivery(outcome.stamp().at(), place);
                }
            }
            case CLEAR_SECRET -> {
                Made one = byNew.get(key);
                if (one != null) {
                    one.inSink = false;
                }
            }
            case DELETE -> {
                byOld.remove(key);
                Made one = byNew.get(key);
                if (one != null) {
                    one.gone = true;
                    byOld.remove(one.oldKey, one);
                }
            }
            case REMIND, CLOSE_NOTICE, OPEN_TICKET, CLOSE_TICKET, DEACTIVATE, BROWNOUT, REACTIVATE, FREEZE, THAW -> {
                // They make and end no rotation.
            }
        }
    }

    @Override
    public @Nullable Succession of(KeyId old) {
        Made one = byOld.get(old);
        return one == null ? null : one.succession();
    }

    @Override
    public @Nullable Succession by(KeyId successor) {
        Made one = byNew.get(successor);
        return one == null ? null : one.succession();
    }

    @Override
    public boolean concern(UserId user) {
        for (Made one : byNew.values()) {
            boolean open = byOld.get(one.oldKey) == one || (one.delivery == null && !one.gone);
            if (open && one.old.user().equals(user)) {
                return true;
            }
        }
        return false;
    }

    /** Makings of keys that came to nothing as far as anybody saw, the last of each user. */
    List<Entry.Intent> doubtful() {
        return List.copyOf(doubtful.values());
    }

    /** Secrets that may still lie in a sink. */
    List<Left> left() {
        List<Left> left = new ArrayList<>();
        for (Made one : byNew.values()) {
            if (one.inSink) {
                left.add(new Left(one.old, one.key, one.delivery == null ? null : one.delivery.at()));
            }
        }
        return left;
    }
}
