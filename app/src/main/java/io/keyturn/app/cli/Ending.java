package io.keyturn.app.cli;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RunEnd;
import io.keyturn.app.render.Safe;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.port.Meter;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Tells a result how the run ended, and what it took. */
final class Ending {
    private final InstantSource clock;
    private final Meter meter;
    private final PrintWriter errors;
    private final long began = System.nanoTime();

    /** The run begins. */
    Ending(InstantSource clock, Meter meter, PrintWriter errors) {
        this.clock = clock;
        this.meter = meter;
        this.errors = errors;
    }

    /** The run is over; whether all that is said of it could be written. */
    boolean tell(Renderer renderer, Map<Verb, Map<String, Integer>> acted) {
        try {
            renderer.over(new RunEnd(
                    clock.instant(),
                    Duration.ofNanos(System.nanoTime() - began),
                    meter.calls.sum(),
                    meter.throttles.sum(),
                    acted));
            return true;
        } catch (IOException e) {
            errors.println("keyturn: " + Safe.text(String.valueOf(e.getMessage())));
            return false;
        }
    }
}
