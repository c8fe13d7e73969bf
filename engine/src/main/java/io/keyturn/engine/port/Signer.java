package io.keyturn.engine.port;

import java.security.PublicKey;
import java.util.Set;

/** Signs with a private key that nobody can read, not even this process. */
public interface Signer {
    /**
     * The key.
     *
     * @param name where it is, such as its ARN
     * @param algorithms what it may sign with, by the names of AWS KMS, such as {@code ECDSA_SHA_256}
     */
    record Key(String name, PublicKey open, Set<String> algorithms) {
        public Key {
            algorithms = Set.copyOf(algorithms);
        }
    }

    /** Looks the key up. */
    Key key() throws ReadFailure;

    /**
     * Signs.
     *
     * @param algorithm one of those that the key may sign with
     * @param digest of what is signed, by the hash that the algorithm names
     */
    byte[] sign(String algorithm, byte[] digest) throws ReadFailure;
}
