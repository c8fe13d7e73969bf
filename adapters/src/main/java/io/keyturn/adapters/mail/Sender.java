package io.keyturn.adapters.mail;

import org.jspecify.annotations.Nullable;

/**
 * Who writes.
 *
 * @param from address of the sender
 * @param replyTo address that answers go to; null for the sender's
 * @param unsubscribe address of the team that takes people off; null for none
 */
public record Sender(
        String from, @Nullable String replyTo, @Nullable String unsubscribe) {
    public Sender {
        Address.check(from);
        if (replyTo != null) {
            Address.check(replyTo);
        }
        if (unsubscribe != null) {
            Address.check(unsubscribe);
        }
    }

    /** Whether it is an address that a letter can bear as it is. */
    public static boolean isAddress(String text) {
        return Address.isPlain(text);
    }

    /** What comes after the at sign. */
    String domain() {
        return from.substring(from.lastIndexOf('@') + 1);
    }
}
