package io.keyturn.core.policy;

import io.keyturn.core.model.AccountId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stage of the accounts it matches; with neither {@code ou} nor {@code account} it matches all.
 *
 * @param ou path of an organizational unit; matches it and everything below
 * @param raised from when on it holds again although a person had lowered it before; null where it never does
 */
public record StageRule(
        @Nullable String ou,
        @Nullable AccountId account,
        Stage stage,
        @Nullable Instant raised) {
    /** A rule that raises nothing that was lowered. */
    public StageRule(@Nullable String ou, @Nullable AccountId account, Stage stage) {
        this(ou, account, stage, null);
    }
}
