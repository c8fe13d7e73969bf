package io.keyturn.core.model;

import java.util.EnumSet;
import java.util.Set;

/**
 * The facts that conditions, limits, owner chain and output of one run ask for; reading reads these and no more.
 *
 * @param facts what must be read of every user and account
 * @param identify whose keys must be known by their ID
 */
public record Needs(Set<FactName> facts, Identify identify) {
    /** Whose key IDs a run needs: a report has none, so each costs a call. */
    public enum Identify {
        NONE,
        /** Those of keys that need attention. */
        AT_RISK,
        ALL
    }

    public Needs {
        Set<FactName> copy = EnumSet.of(FactName.KEYS);
        copy.addAll(facts);
        facts = Set.copyOf(copy);
    }

    public boolean has(FactName fact) {
        return facts.contains(fact);
    }

    /** Both needs in one. */
    public Needs and(Set<FactName> more) {
        Set<FactName> all = EnumSet.copyOf(facts);
        all.addAll(more);
        return new Needs(all, identify);
    }
}
