package io.keyturn.app.render;

import io.keyturn.core.plan.Verb;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a run ended.
 *
 * @param at when
 * @param took how long it took
 * @param calls requests sent to AWS, repeated ones among them
 * @param throttles how many of them AWS throttled
 * @param acted actions by what they do and what they came to: {@code done}, {@code failed}, …; empty where none was tried
 */
public record RunEnd(Instant at, Duration took, long calls, long throttles, Map<Verb, Map<String, Integer>> acted) {
    public RunEnd {
        acted = Collections.unmodifiableMap(new TreeMap<>(acted));
    }
}
