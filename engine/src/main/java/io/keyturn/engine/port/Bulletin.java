package io.keyturn.engine.port;

import org.jspecify.annotations.Nullable;

/** A place where a run's report is posted, for whoever reads there. */
public interface Bulletin extends AutoCloseable {
    /**
     * Posts it once.
     *
     * @param subject for those who get it by mail; null for none
     * @param id names the report, the same when it is posted again
     */
    Channel.Sending publish(@Nullable String subject, String text, String id) throws InterruptedException;

    @Override
    void close();
}
