package io.keyturn.engine.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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
        String end) {
    public SeenRun {
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    }
}
