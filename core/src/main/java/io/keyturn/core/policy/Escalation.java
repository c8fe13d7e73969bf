package io.keyturn.core.policy;

import java.time.Duration;
import java.util.List;

/**
 * Who hears of a key in its owner's place, once the owner was told and nothing came of it.
 *
 * @param after how long after the first word
 * @param to the first that answers
 */
public record Escalation(Duration after, List<OwnerRule> to) {
    public Escalation {
        to = List.copyOf(to);
        if (to.isEmpty()) {
            throw new IllegalArgumentException("an escalation names somebody");
        }
    }
}
