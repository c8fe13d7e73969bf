package io.keyturn.app.cli;

import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Turns Ctrl-C and the end of the process into an interrupt of the run, which then has a few seconds to say so. */
final class Interruption implements AutoCloseable {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    private Interruption(Thread run) {
        this.hook = new Thread(() -> interrupt(run), "stop");
    }

    /** Watches over the current thread until it is closed. */
    static Interruption watch() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** A run that can be interrupted; it answers the exit code. */
    interface Run {
        int run() throws StoreFailure, InterruptedException;
    }

    /** Runs; where it is interrupted, says so and {@code what} that means. */
    int guard(PrintWriter errors, String what, Run run) throws StoreFailure {
        try {
            return run.run();
        } catch (InterruptedException e) {
            errors.println("keyturn: interrupted; " + what);
            return Runs.INTERRUPTED;
        }
    }

    private void interrupt(Thread run) {
        run.interrupt();
        try {
            boolean inTime = ended.await(5, TimeUnit.SECONDS);
            if (!inTime) {
                Runtime.getRuntime().halt(Runs.INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already, by the very hook.
            return;
        }
    }
}
