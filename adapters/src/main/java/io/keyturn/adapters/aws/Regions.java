package io.keyturn.adapters.aws;

import io.keyturn.core.model.Partition;
import java.util.Map;
import software.amazon.awssdk.regions.Region;

/** Where each partition's global services are signed for and reached. */
final class Regions {
    private static final Map<String, String> PARTITION_OF_PREFIX = Map.of(
            "cn-", "aws-cn",
            "us-gov-", "aws-us-gov",
            "us-iso-", "aws-iso",
            "us-isob-", "aws-iso-b",
            "eu-isoe-", "aws-iso-e",
            "us-isof-", "aws-iso-f",
            "eusc-", "aws-eusc");

    private Regions() {}

    /** The partition that a Region such as {@code cn-north-1} lies in. */
    static Partition partitionOf(String region) {
        for (Map.Entry<String, String> entry : PARTITION_OF_PREFIX.entrySet()) {
            if (region.startsWith(entry.getKey())) {
                return new Partition(entry.getValue());
            }
        }
        return Partition.AWS;
    }

    /** For IAM and Organizations. */
    static Region global(Partition partition) {
        return switch (partition.id()) {
            case "aws" -> Region.AWS_GLOBAL;
            case "aws-eusc" -> Region.of("eusc-de-east-1");
            default -> Region.of(partition.id() + "-global");
        };
    }

    /** Where a partition's IAM runs, and the events of it are. */
    static Region home(Partition partition) {
        return partition.equals(Partition.AWS) ? Region.US_EAST_1 : sts(partition);
    }

    /** Where Account Management is. Source: its endpoints and quotas page. */
    static Region account(Partition partition) {
        return partition.id().equals("aws-cn") ? Region.of("cn-northwest-1") : home(partition);
    }

    /** For STS, where no Region is configured. */
    static Region sts(Partition partition) {
        return switch (partition.id()) {
            case "aws-cn" -> Region.of("cn-north-1");
            case "aws-us-gov" -> Region.of("us-gov-west-1");
            case "aws-iso" -> Region.of("us-iso-east-1");
            case "aws-iso-b" -> Region.of("us-isob-east-1");
            case "aws-iso-e" -> Region.of("eu-isoe-west-1");
            case "aws-iso-f" -> Region.of("us-isof-south-1");
            case "aws-eusc" -> Region.of("eusc-de-east-1");
            default -> Region.AWS_GLOBAL;
        };
    }
}
