package io.keyturn.engine.port;

import io.keyturn.core.model.AccountId;
import java.time.Instant;

/** Who keeps credential reports as AWS gave them. Safe for use by several threads. */
public interface RawReports {
    /** Nobody wants them. */
    RawReports NONE = new RawReports() {
        @Override
        public boolean wanted() {
            return false;
        }

        @Override
        public void keep(AccountId account, Instant generated, String csv) {
            // Nobody wants it.
        }
    };

    /** Whether an account whose live reading would be quicker is read by its report all the same. */
    default boolean wanted() {
        return true;
    }

    /**
     * Takes the report by which an account is read.
     *
     * @param generated when AWS made it
     * @param csv its text, unchanged
     */
    void keep(AccountId account, Instant generated, String csv);
}
