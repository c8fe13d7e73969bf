package io.keyturn.core.policy;

import io.keyturn.core.model.AccountId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stage that a person lowered, of an organizational unit or of an account: nothing there goes further, whatever the
 * configuration says, until the configuration raises it after that instant.
 *
 * @param ou path of an organizational unit and everything below; null where an account is meant
 * @param account null where a unit is meant
 */
public record Lowering(
        @Nullable String ou, @Nullable AccountId account, Stage stage, Instant at, String by, String why) {
    public Lowering {
        if ((ou == null) == (account == null)) {
            throw new IllegalArgumentException("a stage is lowered of a unit or of an account");
        }
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Who lowered what, when and why. */
    public String sentence() {
        String what = ou == null ? "this account" : "the unit " + ou;
        return "lowered to " + stage.label() + " for " + what + " by " + by + " at " + at + ": " + why;
    }
}
