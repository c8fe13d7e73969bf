package io.keyturn.engine.derive;

import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Partition;
import io.keyturn.engine.port.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The password of SES's SMTP door in a Region, which is computed from the secret of an access key and lives and dies
 * with it. Source: Amazon SES developer guide, "Obtaining Amazon SES SMTP credentials".
 */
public final class SmtpPassword {
    /** What the names of these passwords begin with; the Region follows. */
    public static final String NAME = "smtpPassword-";

    /** The algorithm's own values: a date that never was, the service, and what is signed. */
    private static final String DATE = "11111111";

    private static final List<String> CHAIN = List.of("ses", "aws4_request", "SendRawEmail");
    private static final byte VERSION = 0x04;

    /** Regions with an SMTP door, by partition. Source: AWS General Reference, "Amazon SES endpoints and quotas". */
    private static final Map<String, List<String>> REGIONS = Map.of(
            "aws",
            List.of(
                    "af-south-1",
                    "ap-northeast-1",
                    "ap-northeast-2",
                    "ap-northeast-3",
                    "ap-south-1",
                    "ap-southeast-1",
                    "ap-southeast-2",
                    "ap-southeast-3",
                    "ca-central-1",
                    "eu-central-1",
                    "eu-north-1",
                    "eu-south-1",
                    "eu-west-1",
                    "eu-west-2",
                    "eu-west-3",
                    "il-central-1",
                    "me-south-1",
                    "sa-east-1",
                    "us-east-1",
                    "us-east-2",
                    "us-west-1",
                    "us-west-2"),
            "aws-us-gov",
            List.of("us-gov-east-1", "us-gov-west-1"));

    private SmtpPassword() {}

    /**
     * The Regions whose passwords the holder of a key may use: those of the partition, and the one in which it was last
     * used to send mail, where that is not among them.
     */
    public static Set<String> regions(Partition partition, LastUse lastUse) {
        Set<String> regions = new TreeSet<>(REGIONS.getOrDefault(partition.id(), List.of()));
        if (lastUse instanceof LastUse.Used used && used.service().equals("ses")) {
            regions.add(used.region());
        }
        return regions;
    }

    /** The passwords in some Regions, by the names they are delivered under. */
    public static Map<String, Secret> of(Secret secret, Collection<String> regions) {
        Map<String, Secret> all = new TreeMap<>();
        regions.forEach(region -> all.put(NAME + region, of(secret, region)));
        return all;
    }

    /** The password in a Region, such as {@code eu-west-1}. */
    public static Secret of(Secret secret, String region) {
        byte[] signature = sign(sign(("AWS4" + secret.reveal()).getBytes(StandardCharsets.UTF_8), DATE), region);
        for (String part : CHAIN) {
            signature = sign(signature, part);
        }
        byte[] password = new byte[1 + signature.length];
        password[0] = VERSION;
        System.arraycopy(signature, 0, password, 1, signature.length);
        return new Secret(Base64.getEncoder().encodeToString(password));
    }

    private static byte[] sign(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
