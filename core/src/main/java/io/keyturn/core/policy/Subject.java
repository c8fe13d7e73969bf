package io.keyturn.core.policy;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.User;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a condition is asked about.
 *
 * @param key null where the condition does not mention one
 * @param now the instant that ages are measured at
 */
public record Subject(Account account, User user, @Nullable AccessKey key, Instant now) {}
