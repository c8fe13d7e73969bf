package io.keyturn.adapters.aws;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Asks several things at once, each on a virtual thread of its own; none of them outlives it. */
final class Together implements AutoCloseable {
    private @Nullable ExecutorService threads;

    /** An answer that may still be under way. */
    static final class Later<T> {
        private final Future<T> future;

        private Later(Future<T> future) {
            this.future = future;
        }

        /** Waits for the answer. */
        T get() throws CallFailure, InterruptedException {
            try {
                return future.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof CallFailure failure) {
                    throw failure;
                }
                throw Fanout.unexpected(e.getCause() == null ? e : e.getCause());
            }
        }
    }

    /** Starts to ask. */
    <T> Later<T> later(Callable<T> ask) {
        ExecutorService ready = threads;
        if (ready == null) {
            ready = Executors.newVirtualThreadPerTaskExecutor();
            threads = ready;
        }
        return new Later<>(ready.submit(ask));
    }

    /** Gives up what nobody waited for. */
    @Override
    public void close() {
        ExecutorService started = threads;
        if (started != null) {
            started.shutdownNow();
            started.close();
        }
    }
}
