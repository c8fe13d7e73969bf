package io.keyturn.adapters.webhook;

import io.keyturn.engine.port.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that Keyturn wrote a body, and when: {@code t=SECONDS,v1=HEX}, where HEX is the HMAC-SHA256 of the seconds since
 * 1970, a full stop and the body's bytes. A receiver refuses old times, so that nobody can send a body again.
 */
final class Signature {
    static final String HEADER = "X-Keyturn-Signature";
    private static final String ALGORITHM = "HmacSHA256";

    private Signature() {}

    static String of(Secret key, Instant now, String body) {
        String signed = now.getEpochSecond() + "." + body;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
            byte[] sum = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            return "t=" + now.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(sum);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
