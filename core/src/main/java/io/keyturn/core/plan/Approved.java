package io.keyturn.core.plan;

import java.time.Instant;

/**
 * A person's approval.
 *
 * @param by who, by the identity that was shown for it
 */
public record Approved(String by, Instant at) {}
