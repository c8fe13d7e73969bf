package io.keyturn.sandbox.world;

import java.time.Instant;
import java.util.List;

/**
 * A credential report: what an account held when it was asked for, ready some time later.
 *
 * @param asOf what it tells was so at this instant
 * @param made when it was ready, as AWS says it
 */
public record Report(
        String partition, String account, Instant asOf, Instant made, List<SimUser> users, List<SimKey> rootKeys) {
    /** The content. */
    public String csv() {
        return CredentialReportCsv.of(this);
    }

    /** Where a report stands. */
    public enum State {
        ABSENT,
        STARTED,
        INPROGRESS,
        COMPLETE,
        /** Older than four hours. */
        EXPIRED
    }
}
