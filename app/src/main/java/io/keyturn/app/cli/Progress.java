package io.keyturn.app.cli;

import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.port.Meter;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Says on standard error how far a run is, redrawn each second on a terminal, else a line every five. */
final class Progress implements AutoCloseable {
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

    private final Meter meter;
    private final PrintWriter errors;
    private final boolean terminal;
    private final ScheduledExecutorService timer;
    private final long began = System.nanoTime();
    private boolean drawn;
    private boolean over;

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
        if (over) {
            return;
        }
        String line = line(meter, Duration.ofNanos(System.nanoTime() - began));
        errors.print(terminal ? "\r\u001b[K" + line : line + "\n");
        errors.flush();
        drawn = true;
    }

    /** The same result, for which the progress is taken away before its first letter: both may be on one terminal. */
    Renderer endingAt(Renderer result) {
        return new Renderer() {
            @Override
            public void account(AccountOutcome outcome, Predicate<Finding> view) {
                if (terminal && result.writesAtOnce()) {
                    close();
                }
                result.account(outcome, view);
            }

            @Override
            public void end(Plan plan, boolean planAsked) {
                close();
                result.end(plan, planAsked);
            }

            @Override
            public boolean writesAtOnce() {
                return result.writesAtOnce();
            }
        };
    }

    /**
     * How far it is. The time left is that of the users seen and not yet read at the pace so far; it is left out where
     * nothing tells it.
     */
    static String line(Meter meter, Duration elapsed) {
        String ends = meter.left(elapsed)
                .map(left -> "  " + left.toSeconds() + " s left")
                .orElse("");
        return "reading  " + meter.accounts.sum() + " of " + meter.accountsSeen.sum() + " accounts  "
                + meter.users.sum() + " of " + meter.usersSeen.sum() + " users  " + meter.calls.sum() + " calls  "
                + meter.throttles.sum() + " throttled" + ends;
    }

    @Override
    public synchronized void close() {
        over = true;
        timer.shutdownNow();
        if (drawn && terminal) {
            errors.print("\r\u001b[K");
            errors.flush();
            drawn = false;
        }
    }
}
