package io.keyturn.engine.run;

import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.Observations;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The habits of keys in one run: what earlier runs saw, and what this one sees, which is written where it is news. */
public final class Watching implements Habits {
    /** Keys whose habits are held at a time, some 3 MB: an organization has more of them than there is memory. */
    private static final int HELD = 20_000;

    private final Observations observations;
    /** The accounts that were asked about last; what is dropped is recalled when it is asked for again. */
    private final Map<AccountId, Map<Slot, Observed>> known = new LinkedHashMap<>(16, 0.75f, true);

    private int held;

    public Watching(Observations observations) {
        this.observations = observations;
    }

    @Override
    public @Nullable Observed of(AccountId account, UserId user, Instant created) {
        Map<Slot, Observed> habits;
        synchronized (known) {
            habits = known.get(account);
            if (habits == null) {
                habits = observations.recall(account);
                hold(account, habits);
            }
        }
        return habits.get(new Slot(user, created));
    }

    private void hold(AccountId account, Map<Slot, Observed> habits) {
        Map<Slot, Observed> before = known.put(account, habits);
        held += habits.size() - (before == null ? 0 : before.size());
        Iterator<Map<Slot, Observed>> eldest = known.values().iterator();
        while (held > HELD && known.size() > 1) {
            held -= eldest.next().size();
            eldest.remove();
        }
    }

    /** An account was read: takes note of what is new in it. Of a user whose keys were not read nothing is forgotten. */
    public void see(Snapshot snapshot) {
        AccountId account = snapshot.account().id();
        Map<Slot, Observed> before = observations.recall(account);
        Map<Slot, Observed> now = new HashMap<>(before);
        Map<Slot, Observed> changed = new HashMap<>();
        Set<Slot> gone = snapshot.reading().complete() ? new HashSet<>(before.keySet()) : new HashSet<>();
        for (User user : snapshot.users()) {
            if (user.keys() instanceof Fact.Known<List<AccessKey>>(List<AccessKey> keys, Instant asOf)) {
                for (AccessKey key : keys) {
                    see(user, key, keys, before, changed, gone, snapshot.asOf());
                }
            } else {
                gone.removeIf(slot -> slot.user().equals(user.id()));
            }
        }
        now.putAll(changed);
        gone.forEach(now::remove);
        synchronized (known) {
            hold(account, now);
        }
        if (!changed.isEmpty() || !gone.isEmpty()) {
            observations.learn(account, changed, gone);
        }
    }

    private static void see(
            User user,
            AccessKey key,
            List<AccessKey> keys,
            Map<Slot, Observed> before,
            Map<Slot, Observed> changed,
            Set<Slot> gone,
            Instant asOf) {
        boolean alone = keys.stream()
                        .filter(other -> other.created().equals(key.created()))
                        .count()
                == 1;
        Slot slot = new Slot(user.id(), key.created());
        if (!alone) {
            // Nobody could tell them apart by report, so their habits are not told either.
            return;
        }
        gone.remove(slot);
        Observed was = before.get(slot);
        Observed is = was == null ? Observed.begun(key.lastUse(), asOf) : was.seeing(key.lastUse());
        if (!is.equals(was)) {
            changed.put(slot, is);
        }
    }
}
