package io.keyturn.engine.run;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.AccountPlan;
import java.util.List;

/** What a survey came to in one account. */
public sealed interface AccountOutcome {
    /** It was read, wholly or in part. The Snapshot is dropped once this was shown. */
    record Surveyed(Snapshot snapshot, List<Finding> findings, AccountPlan plan) implements AccountOutcome {}

    /** It is left out on purpose; {@code id} is its number. */
    record Skipped(String label, String id, String why) implements AccountOutcome {}

    /** It could not be read; {@code id} is its number, or empty where even that is not known. */
    record Failed(String label, String id, Problem problem) implements AccountOutcome {}
}
