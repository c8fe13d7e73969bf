package io.keyturn.engine.port;

/** Which way accounts are read: the configuration's {@code read}. */
public enum ReadMode {
    /** Whichever is cheaper for the needs, and live where the role may not use the report. */
    AUTO,
    REPORT,
    LIVE
}
