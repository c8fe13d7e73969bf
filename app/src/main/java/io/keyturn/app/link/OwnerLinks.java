package io.keyturn.app.link;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links that open the page of one owner's keys for a time: whoever makes messages seals them, whoever serves the page looks
 * at the seal, and both know the secret. A link names its owner and its end; nothing is kept about it.
 */
public final class OwnerLinks {
    /** Where the page is, below the address of the server. */
    public static final String PATH = "/your-keys/";

    /** Characters that a secret must have. */
    public static final int LEAST_SECRET = 32;

    private static final String ALGORITHM = "HmacSHA256";
    /** So that no seal of another kind, made with the same secret, fits. */
    private static final String KIND = "keyturn owner's link 1";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    /** A name has 256 characters at most: what is longer is no link of ours, and need not be looked at. */
    private static final int LONGEST = 2_000;

    private final URI base;
    private final SecretKeySpec key;

    /**
     * @param base the address of the server; a link to another server is sealed otherwise, whatever its secret
     * @throws IllegalArgumentException where the secret is too short
     */
    public OwnerLinks(URI base, String secret) {
        if (secret.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("the secret of notices.link has " + secret.length() + " characters, and "
                    + LEAST_SECRET + " are the least: make a longer one");
        }
        this.base = base;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** What a link turned out to be. */
    public sealed interface Answer {
        /** It opens the page of that owner. */
        record Owner(String name) implements Answer {}

        /** It was one until then. */
        record Over(Instant until) implements Answer {}

        /** It is none of this server's. */
        record Foreign() implements Answer {}
    }

    /** The link of an owner that opens their page until {@code now} and {@code valid} are over. */
    public URI of(String owner, Instant now, Duration valid) {
        String said = now.plus(valid).getEpochSecond() + "\n" + owner;
        String written = ENCODER.encodeToString(said.getBytes(StandardCharsets.UTF_8));
        return at(base, written + "." + seal(written));
    }

    /** The page below that address which a link's own part opens. */
    public static URI at(URI base, String own) {
        return URI.create(base.toString().replaceFirst("/+$", "") + PATH + own);
    }

    /** Whose page the link's own part opens. */
    public Answer open(String own, Instant now) {
        int dot = own.indexOf('.');
        if (dot < 1 || own.length() > LONGEST || !fits(own.substring(0, dot), own.substring(dot + 1))) {
            return new Answer.Foreign();
        }
        String said = new String(Base64.getUrlDecoder().decode(own.substring(0, dot)), StandardCharsets.UTF_8);
        int line = said.indexOf('\n');
        Instant until = Instant.ofEpochSecond(Long.parseLong(said.substring(0, line)));
        return now.isBefore(until) ? new Answer.Owner(said.substring(line + 1)) : new Answer.Over(until);
    }

    private boolean fits(String written, String seal) {
        // What is sealed was written here, so that it can be read without looking at it first.
        return MessageDigest.isEqual(
                seal(written).getBytes(StandardCharsets.UTF_8), seal.getBytes(StandardCharsets.UTF_8));
    }

    private String seal(String written) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            String text = KIND + "\n" + base + "\n" + written;
            return ENCODER.encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM + ", but this one has not", e);
        }
    }
}
