package io.keyturn.engine.checkup;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was tried, and what came of it.
 *
 * @param role whose power it is about; null where it is about none
 * @param name what was tried: a permission such as {@code iam:ListUsers}, or a part such as {@code store}
 * @param needed whether a run needs it: then the whole works only where this does
 * @param said a clause for people, never with a secret; empty where the result says it all
 * @param missing IAM actions that, allowed to {@code role}, would mend it or let it be told
 */
public record Check(@Nullable Role role, String name, Result result, boolean needed, String said, Set<String> missing) {
    /** What came of it. */
    public enum Result {
        /** As a run needs it. */
        WORKS,
        /** It works, or can be done without; a person should know what is said. */
        NOTE,
        /** It does not work. */
        FAILS,
        /** It could not be told. */
        UNKNOWN,
        /** Nothing that is configured uses it. */
        UNUSED;

        /** The word in JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Check {
        missing = Set.copyOf(missing);
        if (!missing.isEmpty() && role == null) {
            throw new IllegalArgumentException("what is missing is missing in the policy of a role: " + name);
        }
    }

    public static Check works(@Nullable Role role, String name, String said) {
        return new Check(role, name, Result.WORKS, true, said, Set.of());
    }

    public static Check note(@Nullable Role role, String name, String said) {
        return new Check(role, name, Result.NOTE, false, said, Set.of());
    }

    public static Check fails(@Nullable Role role, String name, String said) {
        return new Check(role, name, Result.FAILS, true, said, Set.of());
    }

    /** Something needed of which it could not be told whether it works. */
    public static Check unknown(@Nullable Role role, String name, String said) {
        return new Check(role, name, Result.UNKNOWN, true, said, Set.of());
    }

    public static Check unused(@Nullable Role role, String name, String said) {
        return new Check(role, name, Result.UNUSED, false, said, Set.of());
    }

    /** The same, which these IAM actions would mend. */
    public Check lacking(String... actions) {
        return new Check(role, name, result, needed, said, Set.of(actions));
    }

    /** The same, which no run needs. */
    public Check optional() {
        return new Check(role, name, result, false, said, missing);
    }

    /** The same as no more than a note, for that reason. */
    public Check excused(String why) {
        return new Check(role, name, Result.NOTE, false, said.isEmpty() ? why : said + "; " + why, missing);
    }

    /** Whether a run is held up: it is needed, and does not work or nobody knows. */
    public boolean inTheWay() {
        return needed && (result == Result.FAILS || result == Result.UNKNOWN);
    }
}
