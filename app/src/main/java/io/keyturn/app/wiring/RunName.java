package io.keyturn.app.wiring;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Names a run, its process and what it does. The name of the run is the session name of the roles it assumes, so that
 * CloudTrail tells which run it was.
 *
 * @param run such as {@code keyturn-2026-11-23T120000Z-1f9a}
 * @param worker the process: host and process id, as far as the system tells them
 */
record RunName(String run, String worker, AtomicLong count) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static RunName of(Instant now) {
        byte[] own = new byte[4];
        RANDOM.nextBytes(own);
        String time = Instant.ofEpochSecond(now.getEpochSecond()).toString().replace(":", "");
        String run = "keyturn-" + time + "-" + HexFormat.of().formatHex(own);
        return new RunName(run, "process " + ProcessHandle.current().pid() + " of run " + run, new AtomicLong());
    }

    /** A name that no other intent, message or decision has. */
    String next() {
        return run + "-" + count.incrementAndGet();
    }
}
