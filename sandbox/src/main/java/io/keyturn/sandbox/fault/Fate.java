package io.keyturn.sandbox.fault;

import java.time.Duration;

/**
 * What becomes of a call.
 *
 * @param after how much later a {@link Kind#LATE_LANDING} takes effect, or a {@link Kind#SLOW} answer comes; else zero
 */
public record Fate(Kind kind, Duration after) {
    /** How a call may end. */
    public enum Kind {
        OK,
        /** The caller may not do it. */
        ACCESS_DENIED,
        THROTTLED,
        /** A quota is used up; also what asking for a credential report too often answers. */
        LIMIT_EXCEEDED,
        /** AWS fails before anything happened. */
        ERROR_BEFORE,
        /** It happens, and AWS answers that it failed. */
        ERROR_AFTER,
        /** The connection breaks before anything happened. */
        DROPPED_BEFORE,
        /** It happens, and the connection breaks before the answer. */
        DROPPED_AFTER,
        /** The connection breaks, and some time later it happens after all. */
        LATE_LANDING,
        /** It happens, and the answer takes long. */
        SLOW,
        /** What is read is as old as eventual consistency allows. */
        STALE,
        /** A page comes empty, with a token to go on. */
        EMPTY_PAGE,
        /** A page comes with one entry, and a token to go on where there is more. */
        SHORT_PAGE
    }

    public static final Fate OK = new Fate(Kind.OK, Duration.ZERO);

    public static Fate of(Kind kind) {
        return kind == Kind.OK ? OK : new Fate(kind, Duration.ZERO);
    }

    public Fate {
        if (after.isNegative()) {
            throw new IllegalArgumentException("nothing happens before it was asked for: " + after);
        }
    }
}
