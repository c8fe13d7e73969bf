package io.keyturn.engine.apply;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Does the same with several things at a time, and gives the results in their order. */
public final class Abreast {
    /** Between two looks at what must be kept up meanwhile. */
    private static final Duration BEAT = Duration.ofSeconds(20);

    /** How long what has begun may still take once this thread is interrupted. */
    private static final Duration TO_END = Duration.ofSeconds(10);

    private final int many;
    private final Duration beat;

    /** @param many how many at a time; one means: here, one after the other */
    public Abreast(int many) {
        this(many, BEAT);
    }

    /** @param beat how often this thread, which waits, looks after what must be kept up meanwhile */
    Abreast(int many, Duration beat) {
        this.many = many;
        this.beat = beat;
    }

    /** Whether everything is done here, one thing after the other. */
    boolean isAlone() {
        return many == 1;
    }

    /** What is done with one thing. What it throws otherwise is a fault of ours. */
    interface Work<T, R> {
        R work(T thing) throws InterruptedException;
    }

    /**
     * The results of those that ended: all, unless this thread is interrupted. Then nothing more begins, what has begun
     * is given a while to end, and this thread is interrupted again when this returns.
     *
     * @param meanwhile done by this thread again and again while it waits; where all is done here, not at all
     * @param <T> the things
     * @param <R> what comes of each
     */
    <T, R> List<R> ended(List<T> things, Runnable meanwhile, Work<T, R> work) {
        return isAlone() ? here(things, work) : abreast(things, meanwhile, work);
    }

    private static <T, R> List<R> here(List<T> things, Work<T, R> work) {
        List<R> results = new ArrayList<>(things.size());
        try {
            for (T thing : things) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                results.add(work.work(thing));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return results;
    }

    private <T, R> List<R> abreast(List<T> things, Runnable meanwhile, Work<T, R> work) {
        AtomicBoolean stopped = new AtomicBoolean();
        Semaphore turns = new Semaphore(many);
        boolean interrupted = false;
        List<Future<Optional<R>>> futures;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            futures = things.stream()
                    .map(thing -> threads.submit(() -> {
                        turns.acquire();
                        try {
                            return stopped.get() ? Optional.<R>empty() : Optional.of(work.work(thing));
                        } finally {
                            turns.release();
                        }
                    }))
                    .toList();
            threads.shutdown();
            try {
                while (!threads.awaitTermination(beat.toMillis(), TimeUnit.MILLISECONDS)) {
                    meanwhile.run();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                stopped.set(true);
                finish(threads);
            }
        }
        List<R> results = new ArrayList<>(things.size());
        futures.forEach(future -> result(future).ifPresent(results::add));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return results;
    }

    private static void finish(ExecutorService threads) {
        try {
            if (threads.awaitTermination(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException again) {
            // Whoever interrupts twice does not want to wait at all.
        }
        threads.shutdownNow();
    }

    private static <R> Optional<R> result(Future<Optional<R>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("it has ended, so nothing is waited for", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException) {
                return Optional.empty();
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
