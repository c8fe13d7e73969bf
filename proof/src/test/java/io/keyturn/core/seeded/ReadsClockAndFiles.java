package io.keyturn.core.seeded;

import java.io.File;
import java.time.Instant;

/** Breaks two rules on purpose: core knows no clock and no files. */
final class ReadsClockAndFiles {
    Instant now() {
        return new File(System.getenv("HOME")).exists() ? Instant.now() : Instant.EPOCH;
    }
}
