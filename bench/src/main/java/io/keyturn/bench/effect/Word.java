package io.keyturn.bench.effect;

/** What a message asks of its reader. */
sealed interface Word {
    /** The key that it is about. */
    String key();

    /** Replace the key yourself, or remove it where nothing needs it. */
    record Renew(String key) implements Word {}

    /** A new key was made: fetch it and install it. */
    record Fetch(String key, String successor) implements Word {}

    /** Nothing is asked. */
    record Told(String key) implements Word {}
}
