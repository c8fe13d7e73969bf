package io.keyturn.core.assess;

import io.keyturn.core.model.Snapshot;
import io.keyturn.core.policy.Rules;
import java.time.Instant;
import java.util.List;

/** Judges a Snapshot by the rules: pure, and the same for any order of users. */
public final class Assessor {
    private final Rules rules;

    public Assessor(Rules rules) {
        this.rules = rules;
    }

    /** One finding for every credential, in order of user name, creation and slot. */
    public List<Finding> assess(Snapshot snapshot, Instant now) {
        throw new UnsupportedOperationException(rules + " " + snapshot + now);
    }
}
