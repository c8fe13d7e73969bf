package io.keyturn.app.wiring;

import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Begins a run of a server again and again, a little late each time, and only where no other server has. */
public final class Schedule implements AutoCloseable {
    private static final int MOST_LATE = 20;
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Serving serving;
    private final Timetable timetable;
    private final Duration every;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final Thread thread;

    /**
     * Begins at once, with the first run that is due.
     *
     * @param every from the beginning of a run to that of the next
     */
    public Schedule(Serving serving, Duration every, InstantSource clock, Consumer<String> log) {
        this.serving = serving;
        this.every = every;
        this.clock = clock;
        this.log = log;
        this.timetable = new Timetable(serving.store(), clock, every);
        this.thread = Thread.ofVirtual().name("schedule").start(this::go);
    }

    private void go() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(round());
            }
        } catch (InterruptedException e) {
            // The server ends, and the schedule with it.
            serving.schedule(null);
        }
    }

    /** Takes the run that is due, if one is; how long to wait for the next. */
    private Duration round() {
        try {
            if (timetable.take()) {
                serving.begin(true, null).ifPresent(log);
            }
            // Later by up to a twentieth, so that servers that were started together do not all ask at once.
            long late = RandomGenerator.getDefault().nextLong(every.toMillis() / MOST_LATE + 1);
            Instant next = timetable.next().plusMillis(late);
            serving.schedule(next);
            Duration left = Duration.between(clock.instant(), next);
            return left.isNegative() ? Duration.ofSeconds(1) : left;
        } catch (StoreFailure e) {
            log.accept("the schedule waits for the store: " + e.problem().sentence());
            return RETRY;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
