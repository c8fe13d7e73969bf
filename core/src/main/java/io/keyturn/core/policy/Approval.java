package io.keyturn.core.policy;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** How many people must approve a change before it is made. */
public enum Approval {
    NONE,
    ONE,
    /** Four eyes: two different people. */
    TWO;

    /** How identities begin that AWS vouches for. */
    private static final String AWS = "arn:";

    /** How identities begin that a page vouches for: people who signed in there. */
    private static final String PAGE = "page:";

    /** The identity of somebody who signed in at the page under that name. */
    public static String ofPage(String name) {
        return PAGE + name;
    }

    /** The word in the configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many are needed. */
    public int needed() {
        return ordinal();
    }

    /**
     * How many people these are at least. Identities of AWS, of a page and of an operating system are not counted
     * together: one person may have all three.
     */
    public static int people(Collection<String> identities) {
        Set<String> aws = new HashSet<>();
        Set<String> pages = new HashSet<>();
        Set<String> others = new HashSet<>();
        for (String by : identities) {
            (by.startsWith(AWS) ? aws : by.startsWith(PAGE) ? pages : others).add(by);
        }
        return Math.max(aws.size(), Math.max(pages.size(), others.size()));
    }

    /** Whether the approval of these suffices. */
    public boolean suffices(Collection<String> identities) {
        return people(identities) >= needed();
    }
}
