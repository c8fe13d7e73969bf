package io.keyturn.adapters.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one task for each item on a few virtual threads; the limiter, not this, decides what is in flight. */
final class Fanout {
    private Fanout() {}

    /** A task that may be interrupted. */
    @FunctionalInterface
    interface Task<T> {
        void run(T item) throws InterruptedException;
    }

    static <T> void each(List<T> items, Task<T> task) throws InterruptedException {
        if (items.size() == 1) {
            task.run(items.getFirst());
            return;
        }
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < Math.min(CallPool.SIZE, items.size()); i++) {
                workers.add(threads.submit(() -> {
                    for (int at = next.getAndIncrement(); at < items.size(); at = next.getAndIncrement()) {
                        task.run(items.get(at));
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> worker : workers) {
                    worker.get();
                }
            } catch (InterruptedException e) {
                threads.shutdownNow();
                throw e;
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw unexpected(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    /** What a task threw that it should not, to be thrown on; an interruption is thrown as one. */
    static RuntimeException unexpected(Throwable cause) throws InterruptedException {
        switch (cause) {
            case InterruptedException interrupted -> throw interrupted;
            case RuntimeException fault -> throw fault;
            case Error error -> throw error;
            default -> throw new IllegalStateException(cause);
        }
    }
}
