package io.keyturn.app.wiring;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel;

/**
 * A channel that cannot be used as it is configured: it says so of every message, and neither stops the others nor the run.
 *
 * @param why a sentence without secrets
 */
record MuteChannel(String name, String why) implements Channel {
    @Override
    public Sending send(Dispatch dispatch) {
        return new Sending.Refused(new Problem("use the channel", name, why, ""));
    }

    @Override
    public String preview(Dispatch dispatch) {
        return why;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
