package io.keyturn.app.metrics;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.report.DistinctNames;

/** What tells the keys of a user apart in metrics: the last four characters of the ID, or the place in AWS's report. */
final class KeyName {
    private final DistinctNames names = new DistinctNames();

    /** The name of the next key of an account, unlike that of any key of its user before. */
    String of(Finding finding) {
        KeyId id = finding.credential().keyId();
        Integer slot = finding.credential().slot();
        String name = id != null ? id.lastFour() : slot != null ? "slot " + slot : "unknown";
        return names.of(finding.credential().principal().toString(), name);
    }
}
