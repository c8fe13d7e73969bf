package io.keyturn.sandbox.world;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a world behaves, whoever lives in it.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov} or {@code aws-eusc}
 * @param externalId what Keyturn's roles ask of whoever assumes them; null for nothing
 */
public record WorldOptions(
        String partition, Consistency consistency, @Nullable String externalId) {
    /** The Region that each partition's global services are signed for. */
    private static final Map<String, String> REGIONS = Map.of(
            "aws", "us-east-1",
            "aws-cn", "cn-north-1",
            "aws-us-gov", "us-gov-west-1",
            "aws-eusc", "eusc-de-east-1");

    /** The commercial partition, consistent as late as AWS is. */
    public static final WorldOptions DEFAULT = new WorldOptions("aws", Consistency.REAL, null);

    public WorldOptions {
        if (!REGIONS.containsKey(partition)) {
            throw new IllegalArgumentException("the partition \"" + partition
                    + "\" is not simulated; these are: aws, aws-cn, aws-us-gov, aws-eusc");
        }
    }

    public WorldOptions with(Consistency other) {
        return new WorldOptions(partition, other, externalId);
    }

    public WorldOptions inPartition(String other) {
        return new WorldOptions(other, consistency, externalId);
    }

    public WorldOptions withExternalId(String id) {
        return new WorldOptions(partition, consistency, id);
    }

    /** The Region that IAM and Organizations are signed for. */
    public String region() {
        return String.valueOf(REGIONS.get(partition));
    }

    /** Whether a Region such as {@code eu-central-1} lies in this partition. */
    public boolean holds(String region) {
        String lies = region.startsWith("cn-")
                ? "aws-cn"
                : region.startsWith("us-gov-")
                        ? "aws-us-gov"
                        : region.startsWith("eusc-") ? "aws-eusc" : region.startsWith("us-iso") ? "aws-iso" : "aws";
        return lies.equals(partition);
    }
}
