package io.keyturn.engine.apply;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Names what a ticket is about, the same for ever, and tells nobody what that is. */
final class TicketMarker {
    /** Of a hash, so few that people can compare them, so many that no two of an organization are the same. */
    private static final int BYTES = 8;

    private TicketMarker() {}

    /** That of a key. */
    static String of(AccountId account, UserId user, KeyId key) {
        return hash("key", account.value(), user.value(), key.value());
    }

    /** That of an owner's keys in one account; null is nobody. */
    static String of(AccountId account, @Nullable Owner owner) {
        return hash("owner", account.value(), owner == null ? "" : owner.name());
    }

    private static String hash(String... parts) {
        try {
            // No ID and no name has a line end in it.
            byte[] text = String.join("\n", parts).getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
            return "keyturn-" + HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256, but this one has not: " + e.getMessage(), e);
        }
    }
}
