package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.engine.run.AccountOutcome;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Steps that the stage of their account allows, and that somebody holds back. */
final class Held {
    private Held() {}

    /** Those of the findings that pass {@code view}. */
    static List<Scheduled> of(AccountOutcome.Surveyed found, Predicate<Finding> view) {
        List<Scheduled> held = found.plan().next().stream()
                .filter(next -> next.hold() != null && next.heldBy() == null)
                .toList();
        if (held.isEmpty()) {
            return held;
        }
        Set<CredentialId> shown =
                found.findings().stream().filter(view).map(Finding::credential).collect(Collectors.toSet());
        return held.stream().filter(next -> shown.contains(next.credential())).toList();
    }
}
