package io.keyturn.core.policy;

import java.util.Collection;
import java.util.Locale;

/** How many people must approve a change before it is made. */
public enum Approval {
    NONE,
    ONE,
    /** Four eyes: two different people. */
    TWO;

    /** How identities begin that AWS vouches for. */
    private static final String AWS = "arn:";

    /** The word in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many are needed. */
    public int needed() {
        return ordinal();
    }

    /**
     * How many people these are at least. Identities of AWS and of an operating system are not counted together: one
     * person has both.
     */
    public static int people(Collection<String> identities) {
        long aws =
                identities.stream().filter(by -> by.startsWith(AWS)).distinct().count();
        long others =
                identities.stream().filter(by -> !by.startsWith(AWS)).distinct().count();
        return (int) Math.max(aws, others);
    }

    /** Whether the approval of these suffices. */
    public boolean suffices(Collection<String> identities) {
        return people(identities) >= needed();
    }
}
