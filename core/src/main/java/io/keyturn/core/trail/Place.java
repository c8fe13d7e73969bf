package io.keyturn.core.trail;

import java.util.Locale;

/**
 * A kind of place that a key is used from, and which one of that kind.
 *
 * @param name such as {@code GitHub Actions}, {@code Lambda}, or a network's; empty where only the kind is known
 */
public record Place(Kind kind, String name) {
    /** Nothing tells what it is. */
    static final Place UNKNOWN = new Place(Kind.UNKNOWN, "");

    /** What decides which way needs no key. */
    public enum Kind {
        /** Builds and deployments. */
        CI,
        /** An instance, a task, a pod, a function or a shell of AWS. */
        AWS,
        ON_PREMISES,
        /** Somebody else's system. */
        VENDOR,
        /** Where people work. */
        OFFICE,
        /** A machine that people work on. */
        PERSON,
        UNKNOWN;

        /** The word in the configuration and in what machines are told. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
