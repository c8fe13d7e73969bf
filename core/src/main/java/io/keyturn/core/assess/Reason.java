package io.keyturn.core.assess;

import io.keyturn.core.policy.Exemption;
import java.time.Duration;

/** Why a finding stands as it does: the rule that said so, with its figures. Its words are made where it is shown. */
public sealed interface Reason {
    /** The quarantine policy that AWS attached to the user of a leaked key. */
    record Quarantined(String policyName) implements Reason {}

    /** The root user has this key. */
    record RootKey() implements Reason {}

    /** Older than the limit. */
    record PastAge(Duration age, Duration limit) implements Reason {}

    /** Past warn of the age limit. */
    record NearAge(Duration age, Duration warn, Duration limit) implements Reason {}

    /** Unused for longer than the limit; {@code never} where it was never used at all. */
    record PastIdle(Duration idle, Duration limit, boolean never) implements Reason {}

    /** Past warn of the idle limit. */
    record NearIdle(Duration idle, Duration warn, Duration limit, boolean never) implements Reason {}

    /** The last use matters and was not answered. */
    record LastUseUnknown(String why) implements Reason {}

    /** The user's keys themselves could not be read. */
    record KeysUnknown(String why) implements Reason {}

    /** A policy's condition could not be decided, so no policy governs the key. */
    record Undecided(String policy, String why) implements Reason {}

    /** No policy's condition matches. */
    record Ungoverned() implements Reason {}

    /** Switched off already. */
    record SwitchedOff() implements Reason {}

    record Exempted(Exemption exemption) implements Reason {}

    /** An exemption would cover it, had it not ended. */
    record ExemptionEnded(Exemption exemption) implements Reason {}

    /** Whether the user is quarantined matters and was not answered. */
    record LeakUnknown(String why) implements Reason {}

    /** The user has two keys already, so no successor can be made. */
    record TwoKeys() implements Reason {}

    /** Nobody is known to own it. */
    record NoOwner() implements Reason {}

    /** The name of the rule, as JSON and tests know it: {@code past-age}, {@code last-use-unknown}, … */
    default String rule() {
        return switch (this) {
            case Quarantined r -> "quarantined";
            case RootKey r -> "root-key";
            case PastAge r -> "past-age";
            case NearAge r -> "near-age";
            case PastIdle r -> "past-idle";
            case NearIdle r -> "near-idle";
            case LastUseUnknown r -> "last-use-unknown";
            case KeysUnknown r -> "keys-unknown";
            case Undecided r -> "undecided";
            case Ungoverned r -> "ungoverned";
            case SwitchedOff r -> "switched-off";
            case Exempted r -> "exempted";
            case ExemptionEnded r -> "exemption-ended";
            case LeakUnknown r -> "leak-unknown";
            case TwoKeys r -> "two-keys";
            case NoOwner r -> "no-owner";
        };
    }
}
