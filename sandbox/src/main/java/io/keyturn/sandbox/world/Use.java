package io.keyturn.sandbox.world;

import java.time.Instant;

/**
 * A use of a key, as AWS records it.
 *
 * @param shownFrom when reads begin to tell of it
 */
public record Use(Instant at, String service, String region, Instant shownFrom) {}
