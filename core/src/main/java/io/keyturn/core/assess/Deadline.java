package io.keyturn.core.assess;

import io.keyturn.core.policy.Step;
import java.time.Instant;

/**
 * When the policy's limits make a step due, whatever stage, notices and caps say of it.
 *
 * @param limit {@code age} or {@code idle}
 * @param at may lie in the past: due since then
 */
public record Deadline(Step step, String limit, Instant at) {}
