package io.keyturn.core.explain;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Fact;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.trail.KeyUses;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All there is to say of one key.
 *
 * @param facts what is known of the key itself
 * @param policies every policy in order, until one governs
 * @param governing the policy that governs it; null where none does
 * @param next what would come next if nothing changes; null where no step is to come
 * @param waits whether its rotation goes on only where a person approves it
 * @param holds what people, or doubts, hold back about it now
 * @param rotation what a rotation would take, a sentence each
 */
public record KeyStory(
        Finding finding,
        List<NamedFact> facts,
        List<PolicyLink> policies,
        @Nullable Policy governing,
        @Nullable Scheduled next,
        boolean waits,
        List<Hold> holds,
        List<String> rotation) {
    public KeyStory {
        facts = List.copyOf(facts);
        policies = List.copyOf(policies);
        holds = List.copyOf(holds);
        rotation = List.copyOf(rotation);
    }

    /** The same, where it was asked too where the key is used from. */
    public KeyStory usedFrom(Fact<KeyUses> uses) {
        return new KeyStory(
                finding, UserFacts.usedFrom(facts, uses), policies, governing, next, waits, holds, rotation);
    }

    /** The same, where one more sentence is to be said of what holds it back. */
    public KeyStory held(Hold also) {
        List<Hold> all = new ArrayList<>(holds);
        all.add(also);
        return new KeyStory(finding, facts, policies, governing, next, waits, all, rotation);
    }
}
