package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Summary;
import io.keyturn.engine.run.AccountOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What a rendering that comes at the end keeps of accounts: their sums, and the steps due today that somebody holds back. */
public final class Collected {
    private final Summary summary;
    private final List<Scheduled> held = new ArrayList<>();

    public Collected(Summary summary) {
        this.summary = summary;
    }

    /** Takes in one account; of its findings, those that pass {@code view}. */
    public void take(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                summary.surveyed(found.snapshot(), found.findings(), found.plan(), view);
                Held.of(found, view).stream()
                        .filter(next -> !next.at().isAfter(summary.now()))
                        .forEach(held::add);
            }
            case AccountOutcome.Skipped(String label, String id, String why) -> summary.skipped(label, id, why);
            case AccountOutcome.Failed failed -> summary.failed(failed.label(), failed.id(), failed.problem());
        }
    }

    /** The sums. */
    public Summary summary() {
        return summary;
    }

    /** The steps that are held back, in the order of their accounts. */
    public List<Scheduled> held() {
        return List.copyOf(held);
    }
}
