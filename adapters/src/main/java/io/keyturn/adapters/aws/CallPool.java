package io.keyturn.adapters.aws;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that calls to AWS run on: reused platform threads, because the SDK keeps an XML parser per thread and a
 * socket read on a virtual thread delays the exit of the process; daemons, so that a hanging call cannot.
 */
public final class CallPool implements AutoCloseable {
    /** Calls in flight in all, and connections of the HTTP pool. */
    static final int SIZE = 64;

    private final ThreadPoolExecutor threads;

    public CallPool() {
        threads = new ThreadPoolExecutor(SIZE, SIZE, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "aws-call");
            thread.setDaemon(true);
            return thread;
        });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs the call on one of the threads. */
    public <T> Future<T> submit(Callable<T> call) {
        return threads.submit(call);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
