package io.keyturn.core.policy;

import io.keyturn.core.model.AccountId;
import org.jspecify.annotations.Nullable;

/**
 * The stage of the accounts it matches; with neither {@code ou} nor {@code account} it matches all.
 *
 * @param ou path of an organizational unit; matches it and everything below
 */
public record StageRule(@Nullable String ou, @Nullable AccountId account, Stage stage) {}
