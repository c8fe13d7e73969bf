package io.keyturn.app.render;

import io.keyturn.core.plan.Verb;
import io.keyturn.engine.port.Meter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/** Tells a result how the run ended, and what it took. */
public final class Ending {
    private final InstantSource clock;
    private final Meter meter;
    private final Consumer<String> says;
    private final long began = System.nanoTime();

    /**
     * The run begins.
     *
     * @param says told what could not be written, a sentence
     */
    public Ending(InstantSource clock, Meter meter, Consumer<String> says) {
        this.clock = clock;
        this.meter = meter;
        this.says = says;
    }

    /** The run is over; whether all that is said of it could be written. */
    public boolean tell(Renderer renderer, Map<Verb, Map<String, Integer>> acted) {
        try {
            renderer.over(new RunEnd(
                    clock.instant(),
                    Duration.ofNanos(System.nanoTime() - began),
                    meter.calls.sum(),
                    meter.throttles.sum(),
                    acted));
            return true;
        } catch (IOException e) {
            says.accept(String.valueOf(e.getMessage()));
            return false;
        }
    }
}
