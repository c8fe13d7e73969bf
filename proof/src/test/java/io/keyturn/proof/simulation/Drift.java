package io.keyturn.proof.simulation;

import java.time.Duration;

/** How far the clock of the machine that runs Keyturn is from AWS's in a run. */
enum Drift {
    AHEAD(Duration.ofDays(1)),
    BEHIND(Duration.ofDays(-1));

    final Duration by;

    Drift(Duration by) {
        this.by = by;
    }
}
