package io.keyturn.core.plan;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The next step of one credential.
 *
 * @param at never earlier than the run's instant
 * @param heldBy the account's stage where that does not allow the step; else null
 * @param hold what else holds it back now; null where nothing does
 */
public record Scheduled(
        CredentialId credential,
        Step step,
        Instant at,
        @Nullable Stage heldBy,
        @Nullable Hold hold) {}
