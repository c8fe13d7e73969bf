package io.keyturn.core.plan;

import io.keyturn.core.policy.Step;
import java.time.Instant;

/**
 * A notice that was placed.
 *
 * @param at when
 * @param step the step that it announced
 * @param due the date that it announced for it
 */
public record Told(Instant at, Step step, Instant due) {}
