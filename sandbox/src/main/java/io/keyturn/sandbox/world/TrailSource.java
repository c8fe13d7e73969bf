package io.keyturn.sandbox.world;

/**
 * Where a call came from, as CloudTrail tells it. Source: CloudTrail user guide, "CloudTrail record contents".
 *
 * @param region empty for that of the partition's global services
 * @param endpoint ID of a VPC endpoint; empty where it came through none
 */
public record TrailSource(String agent, String address, String region, String endpoint) {
    /** An address for documentation: all calls come from this machine, which CloudTrail would not see so. */
    private static final String ADDRESS = "198.51.100.7";

    /** Nobody in particular. */
    static final TrailSource USUAL = of("aws-cli/2.32.0");

    /** Whoever calls with that agent. */
    public static TrailSource of(String agent) {
        return new TrailSource(agent, ADDRESS, "", "");
    }
}
