package io.keyturn.core.plan;

import io.keyturn.core.model.Target;
import java.time.Instant;

/**
 * A ticket that is on record as open.
 *
 * @param target the key it was opened for
 * @param at when it was last filed
 * @param marker names what it is about where it was filed
 * @param reference as people name it, such as {@code OPS-42}
 */
public record OpenedTicket(Target target, Instant at, String marker, String reference) {}
