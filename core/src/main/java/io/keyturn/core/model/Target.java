package io.keyturn.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Whom an act is about, exactly: a user made again under the same name has another ID and is another target.
 *
 * @param key null where the act is about the user as a whole, such as making a key
 */
public record Target(
        AccountId account,
        UserId user,
        UserName name,
        @Nullable KeyId key) {
    /** The same user with another key in view. */
    public Target of(KeyId other) {
        return new Target(account, user, name, other);
    }
}
