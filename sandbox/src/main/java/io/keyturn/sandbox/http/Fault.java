package io.keyturn.sandbox.http;

import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on purpose.
 *
 * @param action the action it strikes, such as {@code ListAccessKeys}
 * @param account number of the account it strikes; null for all
 * @param kind what happens
 * @param first the first call it strikes, counted from 1
 * @param count how many calls it strikes
 */
public record Fault(String action, @Nullable String account, Kind kind, int first, int count) {
    /** What goes wrong. */
    public enum Kind {
        /** The caller may not do it. */
        ACCESS_DENIED,
        /** AWS fails before anything happened. */
        ERROR_BEFORE,
        /** It happens, and AWS answers that it failed. */
        ERROR_AFTER,
        /** It happens, and the connection breaks before the answer. */
        DROPPED,
        /** A page comes empty, with a token to go on. */
        EMPTY_PAGE,
        THROTTLED
    }

    /** Strikes every call of an action. */
    public static Fault always(String action, Kind kind) {
        return new Fault(action, null, kind, 1, Integer.MAX_VALUE);
    }

    boolean strikes(String calledAction, String inAccount, long nth) {
        return action.equals(calledAction)
                && (account == null || account.equals(inAccount))
                && nth >= first
                && nth - first < count;
    }
}
