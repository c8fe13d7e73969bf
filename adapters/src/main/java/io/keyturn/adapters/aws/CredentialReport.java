package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.RootKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential report as it was read.
 *
 * @param rows by user name, root not among them
 * @param root null where the report has no row for the root user
 */
record CredentialReport(
        Instant generated, Map<String, Row> rows, @Nullable RootKeys root) {
    /**
     * A user's row.
     *
     * @param keys null where the row cannot hold them all, or contradicts itself: they are then read live
     */
    record Row(
            String user,
            String arn,
            Instant created,
            boolean password,
            boolean mfa,
            @Nullable List<AccessKey> keys) {}
}
