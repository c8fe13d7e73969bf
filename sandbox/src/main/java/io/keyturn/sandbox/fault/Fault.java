package io.keyturn.sandbox.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong on purpose: a rule. A part that is null fits everything.
 *
 * @param service such as {@code iam}
 * @param action such as {@code ListAccessKeys}
 * @param account number of the account whose credentials make the call
 * @param role name of the role that makes the call
 * @param first the first fitting call it strikes, counted from 1 in each account
 * @param count how many of them it strikes
 */
public record Fault(
        @Nullable String service,
        @Nullable String action,
        @Nullable String account,
        @Nullable String role,
        Fate fate,
        int first,
        int count) {
    /** How late a call lands and how long a slow answer takes, unless something else is said. */
    public static final Duration AFTER = Duration.ofSeconds(5);

    public Fault {
        if (first < 1 || count < 1) {
            throw new IllegalArgumentException("a fault strikes from the 1st call on and at least once, not from call "
                    + first + " and " + count + " times");
        }
    }

    public Fault(String action, @Nullable String account, Fate.Kind kind, int first, int count) {
        this(null, action, account, null, fate(kind), first, count);
    }

    /** Strikes every call of an action. */
    public static Fault always(String action, Fate.Kind kind) {
        return new Fault(action, null, kind, 1, Integer.MAX_VALUE);
    }

    /** Strikes the Nth call of an action in each account. */
    public static Fault nth(int call, String action, Fate.Kind kind) {
        return new Fault(action, null, kind, call, 1);
    }

    /** The same, only for calls of one role. */
    public Fault ofRole(String name) {
        return new Fault(service, action, account, name, fate, first, count);
    }

    private static Fate fate(Fate.Kind kind) {
        boolean late = kind == Fate.Kind.LATE_LANDING || kind == Fate.Kind.SLOW;
        return late ? new Fate(kind, AFTER) : Fate.of(kind);
    }

    boolean fits(Operation call) {
        return fits(service, call.service())
                && fits(action, call.action())
                && fits(account, call.account())
                && fits(role, call.role());
    }

    private static boolean fits(@Nullable String asked, @Nullable String is) {
        return asked == null || asked.equals(is);
    }
}
