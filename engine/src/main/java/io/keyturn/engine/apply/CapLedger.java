package io.keyturn.engine.apply;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.plan.Usage;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the caps limit, over restarts and workers. Places are claimed before the first act; what is claimed counts
 * whether or not it was then used, until it is given back, so that a crash can only make a run do less.
 */
public final class CapLedger {
    private static final Duration DAY = Duration.ofDays(1);

    private final JournalStore store;
    private final InstantSource clock;
    private final Map<Capped, Caps> caps;

    public CapLedger(JournalStore store, InstantSource clock, Map<Capped, Caps> caps) {
        this.store = store;
        this.clock = clock;
        this.caps = Map.copyOf(caps);
    }

    /**
     * Places that a plan asks for in one account.
     *
     * @param activeKeys the account's working keys, the base of a cap in per cent
     */
    public record Wish(Capped capped, AccountId account, int count, int activeKeys) {}

    /** A cap that has no room for a wish: {@code used} of {@code limit} places are taken, {@code asked} more were asked. */
    public record Full(String cap, int limit, int used, int asked) {
        /** A sentence for people. */
        public String sentence() {
            return "the plan does not fit under the cap \"" + cap + "\" any more: it allows " + limit + ", " + used
                    + " are used up and " + asked
                    + " are asked for; nothing was done; plan again, or raise the limit in"
                    + " the configuration";
        }
    }

    /** What is used up, of what planning needs to know: all caps that there are, and these accounts. */
    public Usage usage(Set<AccountId> accounts) throws StoreFailure {
        Map<Capped, Integer> global = new EnumMap<>(Capped.class);
        Map<Capped, Map<AccountId, Integer>> local = new EnumMap<>(Capped.class);
        for (Map.Entry<Capped, Caps> entry : caps.entrySet()) {
            Capped capped = entry.getKey();
            global.put(
                    capped,
                    read(name(capped, null))
                            .since(clock.instant().minus(window(entry.getValue().global()))));
            Map<AccountId, Integer> byAccount = new HashMap<>();
            for (AccountId account : accounts) {
                byAccount.put(
                        account,
                        read(name(capped, account))
                                .since(clock.instant()
                                        .minus(window(entry.getValue().perAccount()))));
            }
            local.put(capped, byAccount);
        }
        return new Counted(global, local);
    }

    private record Counted(Map<Capped, Integer> global, Map<Capped, Map<AccountId, Integer>> local) implements Usage {
        @Override
        public int global(Capped capped) {
            return global.getOrDefault(capped, 0);
        }

        @Override
        public int of(AccountId account, Capped capped) {
            return local.getOrDefault(capped, Map.of()).getOrDefault(account, 0);
        }
    }

    /**
     * Claims all of these places, or none; the cap that is full where it is none.
     *
     * @param at the instant they count from; the same one gives them back
     */
    public Optional<Full> claim(List<Wish> wishes, Instant at) throws StoreFailure {
        List<Change> made = new ArrayList<>();
        for (Change change : changes(wishes)) {
            Optional<Full> full = take(change, at);
            if (full.isPresent()) {
                giveBack(made, at);
                return full;
            }
            made.add(change);
        }
        return Optional.empty();
    }

    /** Gives places back that were claimed and not used. */
    public void release(List<Wish> wishes, Instant at) throws StoreFailure {
        giveBack(changes(wishes), at);
    }

    private void giveBack(List<Change> changes, Instant at) throws StoreFailure {
        for (Change change : changes) {
            change(change.name(), uses -> {
                // At the instant of the claim: at another one it would outlive what it takes back.
                uses.add(at, -change.count());
                return null;
            });
        }
    }

    /** Places of one register. */
    private record Change(String name, List<Bound> bounds, int count) {}

    /** One limit of a register. */
    private record Bound(String cap, int limit, Duration window) {}

    /** The registers to change, the accounts' own first: what all share is taken last and held shortest. */
    private List<Change> changes(List<Wish> wishes) {
        Map<String, Change> changes = new TreeMap<>(Comparator.reverseOrder());
        for (Wish wish : wishes) {
            Caps cap = caps.get(wish.capped());
            if (cap != null && wish.count() > 0) {
                add(changes, name(wish.capped(), wish.account()), local(wish, cap), wish.count());
                add(changes, name(wish.capped(), null), global(wish, cap), wish.count());
            }
        }
        return List.copyOf(changes.values());
    }

    private static void add(Map<String, Change> changes, String name, List<Bound> bounds, int count) {
        changes.merge(name, new Change(name, bounds, count), (a, b) -> new Change(name, bounds, a.count() + b.count()));
    }

    private static List<Bound> local(Wish wish, Caps caps) {
        List<Bound> bounds = new ArrayList<>(2);
        Caps.Cap perAccount = caps.perAccount();
        if (perAccount != null) {
            bounds.add(new Bound(label(wish.capped()) + " per-account", perAccount.count(), perAccount.window()));
        }
        Integer share = caps.shareOf(wish.activeKeys());
        if (share != null) {
            bounds.add(new Bound(label(wish.capped()) + " percent", share, DAY));
        }
        return bounds;
    }

    private static List<Bound> global(Wish wish, Caps caps) {
        Caps.Cap global = caps.global();
        return global == null
                ? List.of()
                : List.of(new Bound(label(wish.capped()) + " global", global.count(), global.window()));
    }

    private Optional<Full> take(Change change, Instant at) throws StoreFailure {
        return change(change.name(), uses -> {
            for (Bound bound : change.bounds()) {
                int used = uses.since(clock.instant().minus(bound.window()));
                if (used + change.count() > bound.limit()) {
                    return new Full(bound.cap(), bound.limit(), used, change.count());
                }
            }
            uses.add(at, change.count());
            return null;
        });
    }

    /** Changes what is counted; answers why not, or null. */
    private interface Counting {
        @Nullable
        Full count(Uses uses);
    }

    private Optional<Full> change(String name, Counting counting) throws StoreFailure {
        while (true) {
            Optional<Register> register = store.register(name);
            Uses uses = parse(name, register);
            Full full = counting.count(uses);
            if (full != null) {
                return Optional.of(full);
            }
            try {
                store.write(name, register.map(Register::version).orElse(0L), uses.text(clock.instant()));
                return Optional.empty();
            } catch (StoreFailure e) {
                // Another worker counted at the same instant: count again on top of it.
                if (e.kind() != StoreFailure.Kind.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private Uses read(String name) throws StoreFailure {
        return parse(name, store.register(name));
    }

    private Uses parse(String name, Optional<Register> register) throws StoreFailure {
        String text = register.map(Register::value).orElse("");
        try {
            return Uses.parse(text);
        } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new StoreFailure(
                    StoreFailure.Kind.DAMAGED,
                    new Problem(
                            "count the uses",
                            name + " in " + store.place(),
                            "it says \"" + text + "\"",
                            "restore the store from a copy; nothing is done without knowing what was done"),
                    e);
        }
    }

    private static Duration window(Caps.@Nullable Cap cap) {
        return cap == null ? DAY : cap.window();
    }

    private static String name(Capped capped, @Nullable AccountId account) {
        return "caps/" + label(capped) + (account == null ? "" : "/" + account.value());
    }

    private static String label(Capped capped) {
        return capped.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
