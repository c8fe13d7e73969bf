package io.keyturn.engine.apply;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether IAM's writes are well. After the first error of AWS's own, nothing destructive is tried again in the run. */
public final class Weather {
    private final AtomicBoolean bad = new AtomicBoolean();

    /** AWS answered a write with an error of its own. */
    public void turnedBad() {
        bad.set(true);
    }

    /** Whether it did. */
    public boolean isBad() {
        return bad.get();
    }
}
