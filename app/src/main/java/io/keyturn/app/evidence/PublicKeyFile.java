package io.keyturn.app.evidence;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;

/** A public key in a file: PEM, base64 as {@code aws kms get-public-key} prints it, or the bytes that these stand for. */
public final class PublicKeyFile {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    private PublicKeyFile() {}

    static String pem(PublicKey key) {
        Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return BEGIN + "\n" + lines.encodeToString(key.getEncoded()) + "\n" + END + "\n";
    }

    /** The key that the file holds; empty where it holds none that signs. */
    public static Optional<PublicKey> read(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).strip();
        if (text.startsWith(BEGIN) && text.endsWith(END)) {
            text = text.substring(BEGIN.length(), text.length() - END.length());
        }
        String base64 = text.replaceAll("\\s", "");
        return base64.matches("[A-Za-z0-9+/]+=*") ? decoded(base64) : of(file);
    }

    private static Optional<PublicKey> decoded(String base64) {
        try {
            return of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> of(byte[] der) {
        for (String kind : new String[] {"EC", "RSA"}) {
            try {
                return Optional.of(KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der)));
            } catch (GeneralSecurityException e) {
                // It may be of the other kind.
                continue;
            }
        }
        return Optional.empty();
    }
}
