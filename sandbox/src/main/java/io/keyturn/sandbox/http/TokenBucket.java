package io.keyturn.sandbox.http;

/** What an account may call a second; the bucket holds one second's worth. Safe for use by several threads. */
final class TokenBucket {
    private final double perSecond;
    private double tokens;
    private long last;

    TokenBucket(double perSecond, long nanos) {
        this.perSecond = perSecond;
        this.tokens = perSecond;
        this.last = nanos;
    }

    /** Takes a token, if there is one at that instant of {@link System#nanoTime}. */
    synchronized boolean take(long nanos) {
        tokens = Math.min(perSecond, tokens + (nanos - last) * perSecond / 1e9);
        last = nanos;
        if (tokens < 1) {
            return false;
        }
        tokens -= 1;
        return true;
    }
}
