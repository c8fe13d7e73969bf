package io.keyturn.core.policy;

import java.time.Duration;
import java.util.List;

/**
 * How a key is rotated.
 *
 * @param deliverTo the kind of sink, such as {@code secrets-manager}
 * @param readers who may read the new secret, as ARN templates
 * @param selfFetch whether the rotated user itself may read it
 * @param deactivateAfter from the first observed use of the new key
 * @param holdAfter from delivery; then a decision is asked for
 * @param deleteAfter from deactivation
 */
public record Rotation(
        String deliverTo,
        List<String> readers,
        boolean selfFetch,
        Duration deactivateAfter,
        Duration holdAfter,
        Duration deleteAfter) {
    public static final Duration DEFAULT_DEACTIVATE_AFTER = Duration.ofDays(14);
    public static final Duration DEFAULT_HOLD_AFTER = Duration.ofDays(45);
    public static final Duration DEFAULT_DELETE_AFTER = Duration.ofDays(75);

    public Rotation {
        readers = List.copyOf(readers);
    }
}
