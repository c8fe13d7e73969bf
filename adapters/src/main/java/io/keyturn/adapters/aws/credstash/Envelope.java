package io.keyturn.adapters.aws.credstash;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The cryptography of a credential under its data key of 64 bytes: AES-256 in counter mode with the first half, the
 * counter beginning at 1, and an HMAC over the ciphertext with the second. Source: credstash 1.17.1, {@code
 * seal_aes_ctr_legacy}.
 */
final class Envelope {
    /** The length of a data key in bytes. */
    static final int KEY_BYTES = 64;

    private static final int HALF = KEY_BYTES / 2;

    private final SecretKeySpec key;
    private final byte[] macKey;

    Envelope(byte[] dataKey) {
        if (dataKey.length != KEY_BYTES) {
            throw new IllegalArgumentException("a data key of credstash has 64 bytes, not " + dataKey.length);
        }
        this.key = new SecretKeySpec(dataKey, 0, HALF, "AES");
        this.macKey = Arrays.copyOfRange(dataKey, HALF, KEY_BYTES);
    }

    /** Encrypts what is plain, and decrypts what is encrypted: in counter mode both are the same. */
    byte[] turn(byte[] text) {
        byte[] counter = new byte[16];
        counter[15] = 1;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES in counter mode", e);
        }
    }

    /** The HMAC over a ciphertext. */
    byte[] hmac(byte[] ciphertext, Digest digest) {
        try {
            Mac mac = Mac.getInstance(digest.algorithm());
            mac.init(new SecretKeySpec(macKey, digest.algorithm()));
            return mac.doFinal(ciphertext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + digest.algorithm(), e);
        }
    }
}
