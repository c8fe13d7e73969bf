package io.keyturn.adapters.aws.rotator;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/** How far the rotation of a user's key has come, by the user's tags and keys. */
sealed interface RotationState {
    /** There is none. */
    record None() implements RotationState {}

    /**
     * The new key was delivered, and both work.
     *
     * @param day on which the old key's grace began
     * @param told whether the owner was told
     */
    record Grace(LocalDate day, KeyId old, AccessKey fresh, boolean told) implements RotationState {}

    /**
     * The old key is switched off.
     *
     * @param day on which its cool-down began
     * @param told whether the owner was told
     */
    record CoolDown(LocalDate day, KeyId old, AccessKey fresh, boolean told) implements RotationState {}

    /** A key was about to be made, and nobody saw the end of it. */
    record Making(Mark mark) implements RotationState {}

    /** A key was made whose secret reached nobody, and works still. */
    record Lost(Mark mark) implements RotationState {}

    /** That key is switched off, which is not noted yet. */
    record LostAndOff(Mark mark) implements RotationState {}

    /** That key is switched off, since the instant of the mark. */
    record LostAndNoted(Mark mark) implements RotationState {}

    /** The tags are of a rotation that is over; these go, and the next run begins anew. */
    record Over(Set<String> tags, String why) implements RotationState {}

    /** What the tags say cannot be told: nothing is done about the user. */
    record Unreadable(String why) implements RotationState {}

    /** Whether the tags say what is not so any more, or cannot be understood. */
    default boolean isUntidy() {
        return switch (this) {
            case Over over -> true;
            case LostAndOff off -> true;
            case Unreadable unreadable -> true;
            case None none -> false;
            case Grace grace -> false;
            case CoolDown coolDown -> false;
            case Making making -> false;
            case Lost lost -> false;
            case LostAndNoted noted -> false;
        };
    }

    /** The beginning of a day. */
    static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
