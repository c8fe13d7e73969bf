package io.keyturn.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still, or runs with another, and is moved by hand. Safe for use by several threads. */
public final class VirtualClock implements InstantSource {
    private final InstantSource base;
    private final AtomicReference<Duration> moved = new AtomicReference<>(Duration.ZERO);

    private VirtualClock(InstantSource base) {
        this.base = base;
    }

    public static VirtualClock standingAt(Instant at) {
        return new VirtualClock(() -> at);
    }

    /** Runs as {@code base} does, from {@code at} on. */
    public static VirtualClock runningFrom(Instant at, InstantSource base) {
        VirtualClock clock = new VirtualClock(base);
        clock.moved.set(Duration.between(base.instant(), at));
        return clock;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(moved.get());
    }

    /** Moves it; a negative duration moves it back. */
    public void move(Duration by) {
        moved.updateAndGet(sofar -> sofar.plus(by));
    }

    /** Waits in its own time: moves it on to {@code at}, unless it is there already. */
    public void reach(Instant at) {
        moved.updateAndGet(sofar -> {
            Duration missing = Duration.between(base.instant().plus(sofar), at);
            return missing.isPositive() ? sofar.plus(missing) : sofar;
        });
    }
}
