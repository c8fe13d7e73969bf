package io.keyturn.core.assess;

import io.keyturn.core.policy.Step;
import java.time.Instant;

/**
 * When the policy's limits make a step due, whatever stage, notices and caps say of it.
 *
 * @param limit {@code age} or {@code idle}; of a rotation that goes on {@link #ROTATION}, of a key that is off {@link
 *     #COOL_DOWN}
 * @param at may lie in the past: due since then
 */
public record Deadline(Step step, String limit, Instant at) {
    /** The time that an old key has beside its successor. */
    public static final String ROTATION = "rotation";

    /** The time between switching a key off and deleting it. */
    public static final String COOL_DOWN = "cool-down";
}
