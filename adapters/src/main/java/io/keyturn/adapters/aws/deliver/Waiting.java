package io.keyturn.adapters.aws.deliver;

import java.time.Duration;

/** How to wait for what was written to be seen. */
interface Waiting {
    Waiting REAL = Thread::sleep;

    void pause(Duration time) throws InterruptedException;
}
