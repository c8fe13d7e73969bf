package io.keyturn.core.trail;

import java.util.Optional;

/**
 * Where an event says that it came from. Whoever calls chooses the agent, so it is a claim, and hostile text. Source:
 * CloudTrail user guide, "CloudTrail record contents".
 *
 * @param agent what called, such as {@code aws-cli/2.32.0 ...}; the beginning of a long one
 * @param address an IP address, or the name of the AWS service that called on somebody's behalf
 * @param region such as {@code eu-central-1}
 * @param endpoint ID of the VPC endpoint it came through; empty where it came through none
 */
public record TrailOrigin(String agent, String address, String region, String endpoint) {
    /** The event does not say. */
    public static final TrailOrigin NONE = new TrailOrigin("", "", "", "");

    /** CloudTrail itself cuts what is longer. */
    private static final int LONGEST = 1_024;

    public TrailOrigin {
        agent = agent.substring(0, Math.min(LONGEST, agent.length()));
    }

    /** The name of the tool that called, in harmless characters; empty where it is not known. */
    public Optional<String> tool() {
        return new UserAgent(agent).tool();
    }
}
