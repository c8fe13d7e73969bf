package io.keyturn.core.policy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which keys it governs, their limits, and what happens when these are met.
 *
 * @param age null where age does not matter
 * @param idle null where idleness does not matter
 * @param remindEvery time between two reminders for one key
 * @param rotation how keys are rotated; null where no step rotates
 * @param inUseWindow a key used within this time counts as in use
 * @param cutInUse whether a key in use may be deactivated without a proven rotation
 * @param snoozeAtMost how far ahead a snooze may reach
 * @param brownout how long each announced, short deactivation before the final one lasts, shortest first; may be empty
 */
public record Policy(
        String name,
        Condition when,
        @Nullable Limit age,
        @Nullable Limit idle,
        Duration remindEvery,
        @Nullable Rotation rotation,
        Duration inUseWindow,
        boolean cutInUse,
        Duration snoozeAtMost,
        List<Duration> brownout) {
    public static final Duration DEFAULT_REMIND_EVERY = Duration.ofDays(7);
    public static final Duration DEFAULT_IN_USE_WINDOW = Duration.ofDays(30);
    public static final Duration DEFAULT_SNOOZE_AT_MOST = Duration.ofDays(30);

    public Policy {
        brownout = List.copyOf(brownout);
    }

    /** Snoozed for no longer than usual, and without short deactivations before the final one. */
    public Policy(
            String name,
            Condition when,
            @Nullable Limit age,
            @Nullable Limit idle,
            Duration remindEvery,
            @Nullable Rotation rotation,
            Duration inUseWindow,
            boolean cutInUse) {
        this(name, when, age, idle, remindEvery, rotation, inUseWindow, cutInUse, DEFAULT_SNOOZE_AT_MOST, List.of());
    }
}
