package io.keyturn.engine.journal;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.Observations;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What runs saw of the uses of keys, in registers of the journal's store: for several workers, and for those without a
 * disk, of whom each would begin to watch anew. An account's keys lie in as many parts as fit the longest item of
 * DynamoDB, told apart by their users; a part that was written for another number of parts counts as not seen. Times to
 * the second, as AWS tells them.
 */
public final class SharedObservations implements Observations {
    /** Well below the 400 KB of an item of DynamoDB. */
    private static final int PART = 200_000;

    private static final int TRIES = 4;
    private static final String NONE = "-";
    private static final int FIELDS = 6;

    private final JournalStore store;

    public SharedObservations(JournalStore store) {
        this.store = store;
    }

    /** The parts of one account as they are read: the version of each, and what is in them. */
    private record Parts(List<Long> versions, Map<Slot, Observed> known) {}

    @Override
    public Map<Slot, Observed> recall(AccountId account) {
        try {
            return Map.copyOf(read(account).known());
        } catch (StoreFailure e) {
            return Map.of();
        }
    }

    @Override
    public void learn(AccountId account, Map<Slot, Observed> changed, Set<Slot> gone) {
        for (int i = 0; i < TRIES; i++) {
            try {
                Parts before = read(account);
                Map<Slot, Observed> now = new HashMap<>(before.known());
                now.keySet().removeAll(gone);
                now.putAll(changed);
                write(account, before, now);
                return;
            } catch (StoreFailure e) {
                if (e.kind() != StoreFailure.Kind.CONFLICT) {
                    // Not to have seen something makes a step later, and never earlier.
                    return;
                }
            }
        }
    }

    private Parts read(AccountId account) throws StoreFailure {
        Map<Slot, Observed> known = new HashMap<>();
        List<Long> versions = new ArrayList<>();
        int parts = 1;
        for (int part = 0; part < parts; part++) {
            Register register = store.register(name(account, part)).orElse(null);
            versions.add(register == null ? 0 : register.version());
            List<String> lines =
                    register == null ? List.of() : register.value().lines().toList();
            int said = lines.isEmpty() ? parts : count(lines.getFirst());
            parts = part == 0 ? said : parts;
            if (said == parts) {
                lines.stream().skip(1).forEach(line -> take(line, known));
            }
        }
        return new Parts(versions, known);
    }

    private static int count(String line) {
        try {
            return Math.max(1, Integer.parseInt(line));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    private static void take(String line, Map<Slot, Observed> known) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS) {
            return;
        }
        Instant created = instant(fields[1]);
        Instant since = instant(fields[2]);
        Instant gap = instant(fields[5]);
        if (created != null && since != null && gap != null) {
            known.put(
                    new Slot(new UserId(fields[0]), created),
                    new Observed(
                            since, instant(fields[3]), instant(fields[4]), Duration.ofSeconds(gap.getEpochSecond())));
        }
    }

    private static @Nullable Instant instant(String field) {
        try {
            return field.equals(NONE) ? null : Instant.ofEpochSecond(Long.parseLong(field));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private void write(AccountId account, Parts before, Map<Slot, Observed> now) throws StoreFailure {
        List<String> lines = now.entrySet().stream()
                .map(entry -> line(entry.getKey(), entry.getValue()))
                .sorted()
                .toList();
        int parts = 1 + lines.stream().mapToInt(line -> line.length() + 1).sum() / PART;
        List<StringBuilder> texts = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            texts.add(new StringBuilder().append(parts).append('\n'));
        }
        for (String line : lines) {
            String user = line.substring(0, line.indexOf('\t'));
            texts.get(Math.floorMod(user.hashCode(), parts)).append(line).append('\n');
        }
        // The first part last: until it stands, what is there counts as it did before.
        for (int part = parts - 1; part >= 0; part--) {
            long version = part < before.versions().size() ? before.versions().get(part) : version(account, part);
            store.write(name(account, part), version, texts.get(part).toString());
        }
    }

    private long version(AccountId account, int part) throws StoreFailure {
        return store.register(name(account, part)).map(Register::version).orElse(0L);
    }

    private static String line(Slot slot, Observed observed) {
        return String.join(
                "\t",
                slot.user().value(),
                Long.toString(slot.created().getEpochSecond()),
                Long.toString(observed.since().getEpochSecond()),
                text(observed.first()),
                text(observed.last()),
                Long.toString(observed.longestGap().toSeconds()));
    }

    private static String text(@Nullable Instant at) {
        return at == null ? NONE : Long.toString(at.getEpochSecond());
    }

    private static String name(AccountId account, int part) {
        return "uses/" + account.value() + "/" + part;
    }
}
