package io.keyturn.sandbox.world;

import java.time.Instant;

/**
 * One version of a parameter of Systems Manager.
 *
 * @param type {@code String}, {@code StringList} or {@code SecureString}
 * @param kmsKey what encrypts a SecureString; empty for another type
 * @param version from 1
 */
public record SimParameter(String name, String type, String kmsKey, String value, long version, Instant modified) {
    /** Whether its value is told only to whoever asks for its decryption. */
    public boolean secure() {
        return type.equals("SecureString");
    }

    /** Without the value. */
    @Override
    public String toString() {
        return type + " " + name + " version " + version;
    }
}
