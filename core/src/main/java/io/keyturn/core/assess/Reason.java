package io.keyturn.core.assess;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Exemption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a finding stands as it does: the rule that said so, with its figures. Its words are made where it is shown. */
public sealed interface Reason {
    /** The quarantine policy that AWS attached to the user of a leaked key. */
    record Quarantined(String policyName) implements Reason {}

    /** A person declared it to be in others' hands. */
    record Compromised(Compromise compromise) implements Reason {}

    /** A key of its user was compromised, so the user itself may not fetch a successor: the thief could. */
    record ThiefCouldFetch() implements Reason {}

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

    /**
     * A policy's condition could not be decided, so no policy governs the key.
     *
     * @param failed whether the condition itself fails on the user, whatever is read of them
     */
    record Undecided(String policy, String why, boolean failed) implements Reason {}

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

    /** The key that it took the place of cools down still, so there is no room for a successor yet: it comes by itself. */
    record PredecessorRemains(KeyId predecessor) implements Reason {}

    /** Nobody is known to own it. */
    record NoOwner() implements Reason {}

    /**
     * Its successor is made and delivered.
     *
     * @param delivered when the delivery was confirmed
     * @param place where the successor's secret is
     * @param installed whether the successor is seen in use
     */
    record Succeeded(KeyId successor, Instant delivered, String place, boolean installed) implements Reason {}

    /** Keyturn made it to take the place of a key that still works. */
    record SuccessorOf(KeyId old) implements Reason {}

    /**
     * Keyturn made it, and its secret is not known to have reached anybody.
     *
     * @param used whether somebody uses it all the same, or may
     */
    record Undelivered(KeyId old, boolean used) implements Reason {}

    /** Its successor was delivered, and is gone or switched off by somebody else. */
    record SuccessorLost(KeyId successor, boolean gone) implements Reason {}

    /** A tag says that a template or program keeps it, which would make or miss it again. */
    record OwnedByCode(String tag) implements Reason {}

    /** Whether code keeps it matters and was not answered. */
    record TagsUnknown(String why) implements Reason {}

    /** It was last used to send mail: passwords for SMTP may be computed from it, and would die with it. */
    record SendsMail() implements Reason {}

    /** Before it is switched off for good it is so for these times, the next run after each switching it on again. */
    record Brownouts(List<Duration> lengths) implements Reason {
        public Brownouts {
            lengths = List.copyOf(lengths);
        }
    }

    /** It is switched off for a short while, to see who still works with it. */
    record InBrownout(Brownout brownout) implements Reason {}

    /**
     * It is in use, or may be, and its policy lets it be cut all the same.
     *
     * @param policy the one that says {@code cut-in-use: true}
     * @param idle since when it was not used; null where that is not known
     */
    record CutInUse(String policy, @Nullable Duration idle) implements Reason {}

    /** Whether it says that the key is in others' hands. */
    default boolean isLeak() {
        return this instanceof Quarantined || this instanceof Compromised;
    }

    /** The name of the rule, as JSON and tests know it: {@code past-age}, {@code last-use-unknown}, … */
    default String rule() {
        return switch (this) {
            case Quarantined r -> "quarantined";
            case Compromised r -> "compromised";
            case ThiefCouldFetch r -> "thief-could-fetch";
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
            case PredecessorRemains r -> "predecessor-remains";
            case NoOwner r -> "no-owner";
            case Succeeded r -> "succeeded";
            case SuccessorOf r -> "successor";
            case Undelivered r -> "undelivered";
            case SuccessorLost r -> "successor-lost";
            case OwnedByCode r -> "owned-by-code";
            case TagsUnknown r -> "tags-unknown";
            case SendsMail r -> "sends-mail";
            case Brownouts r -> "brownouts";
            case InBrownout r -> "in-brownout";
            case CutInUse r -> "cut-in-use";
        };
    }
}
