package io.keyturn.engine.derive;

import io.keyturn.engine.port.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    private SmtpPassword() {}

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
