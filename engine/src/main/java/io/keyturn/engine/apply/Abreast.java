package io.keyturn.engine.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Does the same with several things at a time, and gives the results in their order. */
final class Abreast {
    private final int many;

    /** @param many how many at a time; one means: here, one after the other */
    Abreast(int many) {
        this.many = many;
    }

    /** What is done with one thing. What it throws otherwise is a fault of ours. */
    interface Work<T, R> {
        R work(T thing) throws InterruptedException;
    }

    /**
     * Where this thread is interrupted, what has begun is told so too, and ended first.
     *
     * @param <T> the things
     * @param <R> what comes of each
     */
    <T, R> List<R> all(List<T> things, Work<T, R> work) throws InterruptedException {
        if (many == 1 || things.size() == 1) {
            List<R> results = new ArrayList<>(things.size());
            for (T thing : things) {
                results.add(work.work(thing));
            }
            return results;
        }
        Semaphore turns = new Semaphore(many);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> futures = things.stream()
                    .map(thing -> threads.submit(() -> {
                        turns.acquire();
                        try {
                            return work.work(thing);
                        } finally {
                            turns.release();
                        }
                    }))
                    .toList();
            try {
                return results(futures);
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private static <R> List<R> results(List<Future<R>> futures) throws InterruptedException {
        List<R> results = new ArrayList<>(futures.size());
        for (Future<R> future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
        return results;
    }
}
