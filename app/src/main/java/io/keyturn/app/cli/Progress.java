package io.keyturn.app.cli;

import io.keyturn.engine.port.Meter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Says on standard error how far a run is, redrawn each second on a terminal, else a line every five. */
final class Progress implements AutoCloseable {
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

    private final Meter meter;
    private final PrintWriter errors;
    private final boolean terminal;
    private final ScheduledExecutorService timer;
    private boolean drawn;

    Progress(Meter meter, PrintWriter errors) {
        this.meter = meter;
        this.errors = errors;
        this.terminal = System.console() != null && System.console().isTerminal();
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("progress").factory());
        long period = terminal ? 1000 : PLAIN_EVERY.toMillis();
        timer.scheduleAtFixedRate(this::draw, period, period, TimeUnit.MILLISECONDS);
    }

    private synchronized void draw() {
        String line = "reading  " + meter.accounts.sum() + " of " + meter.accountsSeen.sum() + " accounts  "
                + meter.users.sum() + " of " + meter.usersSeen.sum() + " users  " + meter.calls.sum() + " calls  "
                + meter.throttles.sum() + " throttled";
        errors.print(terminal ? "\r\u001b[K" + line : line + "\n");
        errors.flush();
        drawn = true;
    }

    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (drawn && terminal) {
            errors.print("\r\u001b[K");
            errors.flush();
            drawn = false;
        }
    }
}
