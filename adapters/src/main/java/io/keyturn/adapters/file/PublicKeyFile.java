package io.keyturn.adapters.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A public key that the configuration names: what is encrypted to it only the holder of its private key can read. */
sealed interface PublicKeyFile permits OpenPgpKey, AgeKey {
    /** The text encrypted, as a file that the key's own programs open. */
    byte[] encrypt(byte[] text);

    /** By what its holder tells it from any other, with the kind of key. */
    String fingerprint();

    /** How such files end. */
    String ending();

    /** A file is no public key, or none that can be used; the message says why. */
    final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }

        Unusable(String why, Throwable cause) {
            super(why, cause);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a key.
     *
     * @param now expired keys are told by it
     * @throws Unusable where there is none to encrypt to
     */
    static PublicKeyFile read(Path file, Instant now) throws Unusable {
        byte[] content;
        try {
            content = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new Unusable("it cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (text.contains("PRIVATE KEY BLOCK") || text.contains("AGE-SECRET-KEY-")) {
            throw new Unusable("it holds a private key, which belongs to its owner alone");
        }
        return text.stripLeading().startsWith("age1") || text.stripLeading().startsWith("#")
                ? AgeKey.parse(text)
                : OpenPgpKey.parse(content, now);
    }
}
