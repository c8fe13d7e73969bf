package io.keyturn.sandbox.http;

import java.time.Duration;
import java.time.Instant;

/** What an account may call a second; the bucket holds one second's worth, at least one call. Safe for use by several threads. */
final class TokenBucket {
    private final double perSecond;
    private final double size;
    private double tokens;
    private Instant last;

    TokenBucket(double perSecond, Instant now) {
        this.perSecond = perSecond;
        this.size = Math.max(1, perSecond);
        this.tokens = size;
        this.last = now;
    }

    /** Takes a token, if there is one at that instant; a clock set back fills nothing. */
    synchronized boolean take(Instant now) {
        double passed = Math.max(0, Duration.between(last, now).toNanos());
        tokens = Math.min(size, tokens + passed * perSecond / 1e9);
        last = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
