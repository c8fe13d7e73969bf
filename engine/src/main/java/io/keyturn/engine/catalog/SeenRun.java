package io.keyturn.engine.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param name as the journal and CloudTrail know it
 * @param command what was asked for, such as {@code scan} or {@code run}
 * @param complete whether everything was read
 * @param accounts how many accounts it looked at
 * @param calls requests sent to AWS
 * @param throttles how many of them AWS throttled
 * @param plan hash of the plan it made
 * @param due changes that were due by it, messages and tickets not counted
 * @param outcomes what it did, in words with their numbers, such as {@code deactivate done}
 * @param end why it stopped before the end, or was not to act; empty where there is nothing to say
 * @param by who began it by hand on the pages of a server; null where nobody did
 * @param ground what it stood on; null where an earlier Keyturn ran
 */
public record SeenRun(
        String name,
        String command,
        Instant began,
        Instant ended,
        boolean complete,
        int accounts,
        long calls,
        long throttles,
        String plan,
        int due,
        Map<String, Integer> outcomes,
        String end,
        @Nullable String by,
        @Nullable SeenGround ground) {
    /** Of which neither is known. */
    public SeenRun(
            String name,
            String command,
            Instant began,
            Instant ended,
            boolean complete,
            int accounts,
            long calls,
            long throttles,
            String plan,
            int due,
            Map<String, Integer> outcomes,
            String end) {
        this(name, command, began, ended, complete, accounts, calls, throttles, plan, due, outcomes, end, null, null);
    }

    public SeenRun {
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    }
}
