package io.keyturn.engine.catalog;

import java.time.LocalDate;
import java.util.List;

/**
 * What a run stood on.
 *
 * @param configuration SHA-256 of the configuration in effect, in hexadecimal
 * @param policy SHA-256 of those of its values that judge
 * @param exemptions those of the configuration
 */
public record SeenGround(String configuration, String policy, List<Exempted> exemptions) {
    public SeenGround {
        exemptions = List.copyOf(exemptions);
    }

    /**
     * An exemption of the configuration.
     *
     * @param user pattern of user ARNs
     * @param owner who answers for it
     * @param until the last day it holds, UTC
     */
    public record Exempted(String user, String owner, String reason, LocalDate until) {}
}
