package io.keyturn.app.wiring;

import io.keyturn.app.config.Rhythm;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.engine.run.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Begins a run of a server again and again, a little late each time, and only where no other server has. */
public final class Schedule implements AutoCloseable {
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Runs runs;
    private final Timetable timetable;
    private final Rhythm rhythm;
    private final InstantSource clock;
    private final Consumer<String> log;
    private final Pause pause;
    private final Thread thread;

    /** What a schedule begins, and tells of. */
    interface Runs {
        /** The store that servers with one schedule share. */
        JournalStore store();

        /** Begins a run; why not, where there is a reason. Nobody asked for one by a schedule. */
        Optional<String> begin(boolean acts, @Nullable String by);

        /** Takes when the next one begins; null where there is no schedule any more. */
        void schedule(@Nullable Instant at);
    }

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    /** Begins at once, with the first run that is due. */
    public Schedule(Serving serving, Rhythm rhythm, InstantSource clock, Consumer<String> log) {
        this(serving, rhythm, clock, log, Thread::sleep);
    }

    Schedule(Runs runs, Rhythm rhythm, InstantSource clock, Consumer<String> log, Pause pause) {
        this.runs = runs;
        this.rhythm = rhythm;
        this.clock = clock;
        this.log = log;
        this.pause = pause;
        this.timetable = new Timetable(runs.store(), clock, rhythm::after, rhythm.first(clock.instant()));
        this.thread = Thread.ofVirtual().name("schedule").start(this::go);
    }

    private void go() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                pause.of(round());
            }
        } catch (InterruptedException e) {
            // The server ends, and the schedule with it.
            runs.schedule(null);
        }
    }

    /** Takes the run that is due, if one is; how long to wait for the next. */
    private Duration round() {
        try {
            if (timetable.take()) {
                runs.begin(true, null).ifPresent(log);
            }
            Instant due = timetable.next();
            // A little later, so that servers that were started together do not all ask at once.
            long late = RandomGenerator.getDefault().nextLong(rhythm.slack(due).toMillis() + 1);
            Instant next = due.plusMillis(late);
            runs.schedule(next);
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
