package io.keyturn.core.policy;

import java.time.Duration;
import java.util.List;

/**
 * A limit for age or for idleness, with its own ladder.
 *
 * @param warn from this age on the key is due soon; less than {@code expire}
 * @param expire from this age on the key is overdue
 */
public record Limit(Duration warn, Duration expire, List<Step> onWarn, List<Step> onExpire) {
    public Limit {
        if (warn.isNegative() || expire.isNegative()) {
            throw new IllegalArgumentException("a limit is not negative");
        }
        if (warn.compareTo(expire) > 0) {
            throw new IllegalArgumentException("warn comes before expire");
        }
        onWarn = List.copyOf(onWarn);
        onExpire = List.copyOf(onExpire);
    }
}
