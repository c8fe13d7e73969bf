package io.keyturn.core.report;

import io.keyturn.core.model.Standing;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One account in numbers: what every metric and total of it is made of. */
public sealed interface AccountNumbers {
    /** Its name, told apart from others of that name and number. */
    String name();

    /** Its number; empty where even that is not known. */
    String id();

    /**
     * It was read.
     *
     * @param complete whether all of it was
     * @param asOf when what was read was so
     * @param holders users who have a key, the root user among them
     * @param keys of every standing, none left out; never empty
     * @param overdue overdue keys by the policy that governs them, of each policy that governs a key
     * @param oldestDays age of the oldest key that works, in whole days; null where none is known to
     * @param medianDays of the ages of keys that work, in days; null where none is known to
     * @param unknownLastUses keys whose last use was asked for and not answered
     */
    record Read(
            String name,
            String id,
            boolean complete,
            Instant asOf,
            int holders,
            Map<Standing, Integer> keys,
            Map<String, Integer> overdue,
            @Nullable Long oldestDays,
            @Nullable Double medianDays,
            int unknownLastUses)
            implements AccountNumbers {
        public Read {
            keys = Collections.unmodifiableMap(new EnumMap<>(keys));
            overdue = Collections.unmodifiableMap(new TreeMap<>(overdue));
        }

        /** Keys of that standing. */
        public int keys(Standing standing) {
            return keys.getOrDefault(standing, 0);
        }

        /** Keys of all standings. */
        public int allKeys() {
            return keys.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** It could not be read: of its keys there is no number, not even zero. */
    record Unread(String name, String id) implements AccountNumbers {}

    /** It is left out on purpose. */
    record LeftOut(String name, String id) implements AccountNumbers {}
}
