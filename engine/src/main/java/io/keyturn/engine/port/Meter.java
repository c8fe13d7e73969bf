package io.keyturn.engine.port;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a run does while it runs, for progress and for the report at its end. */
public final class Meter {
    /** Calls sent to AWS, retries among them. */
    public final LongAdder calls = new LongAdder();

    /** Calls that AWS throttled. */
    public final LongAdder throttles = new LongAdder();

    /** Users whose facts are read. */
    public final LongAdder users = new LongAdder();

    /** Users known to exist so far. */
    public final LongAdder usersSeen = new LongAdder();

    /** Accounts done, whether read, skipped or failed. */
    public final LongAdder accounts = new LongAdder();

    /** Accounts known to exist so far. */
    public final LongAdder accountsSeen = new LongAdder();

    /**
     * How long until all users seen are read, at the pace so far; empty where nothing tells it.
     *
     * @param elapsed since the run began
     */
    public Optional<Duration> left(Duration elapsed) {
        long done = users.sum();
        long open = usersSeen.sum() - done;
        return done == 0 || open <= 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.max(1, Math.round(elapsed.toMillis() / 1000.0 * open / done))));
    }
}
