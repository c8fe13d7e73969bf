package io.keyturn.proof.simulation;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Subject;
import io.keyturn.core.policy.Verdict;
import io.keyturn.sandbox.world.SimUser;
import java.util.Map;
import java.util.Set;

/** A policy that lets alone whoever has a certain tag. */
final class Spared implements Condition {
    static final String TAG = "Spared";
    static final Spared NOT = new Spared();

    private Spared() {}

    static boolean is(SimUser user) {
        return user.tags().containsKey(TAG);
    }

    @Override
    public String source() {
        return "!(\"" + TAG + "\" in user.tags)";
    }

    @Override
    public Set<FactName> needs() {
        return Set.of(FactName.TAGS);
    }

    @Override
    public boolean mentionsKey() {
        return false;
    }

    @Override
    public Verdict test(Subject subject) {
        if (!(subject.user().tags() instanceof Fact.Known<Map<String, String>> known)) {
            return new Verdict.Undecided("the tags are not known", false);
        }
        return known.value().containsKey(TAG) ? Verdict.DOES_NOT_MATCH : Verdict.MATCHES;
    }
}
