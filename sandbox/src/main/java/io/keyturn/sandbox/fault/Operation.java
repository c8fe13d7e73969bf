package io.keyturn.sandbox.fault;

import org.jspecify.annotations.Nullable;

/**
 * One call of an AWS client, before it takes effect.
 *
 * @param service as it is signed for, such as {@code iam}
 * @param action such as {@code ListAccessKeys}
 * @param account number of the account whose credentials make the call
 * @param role name of the role that makes it; null where none does
 * @param user name of the IAM user it is about; null where it is about none, or names none
 */
public record Operation(
        String service,
        String action,
        String account,
        @Nullable String role,
        @Nullable String user) {}
