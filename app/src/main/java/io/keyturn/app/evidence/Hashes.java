package io.keyturn.app.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what is read or written. */
final class Hashes {
    private static final int CHUNK = 1 << 16;

    private Hashes() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /**
     * Of all bytes, in hexadecimal.
     *
     * @param most how many there should be; a byte more is read at most, so that no archive can keep a reader busy for good
     */
    static String of(InputStream bytes, long most) throws IOException {
        MessageDigest sha = sha256();
        byte[] chunk = new byte[CHUNK];
        long left = most + 1;
        while (left > 0) {
            int read = bytes.read(chunk, 0, (int) Math.min(left, chunk.length));
            if (read < 0) {
                break;
            }
            sha.update(chunk, 0, read);
            left -= read;
        }
        return HexFormat.of().formatHex(sha.digest());
    }
}
