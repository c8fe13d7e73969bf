package io.keyturn.app.compare;

import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Reading;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.run.AccountOutcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Gathers what differs, account by account. */
public final class Comparison implements Renderer {
    private final String tool;
    private final Comparer comparer;
    private final InstantSource clock;
    private final Map<AccountId, List<Entry>> past = new ConcurrentHashMap<>();
    private final List<Compared> rows = new ArrayList<>();
    private final List<String> notRead = new ArrayList<>();
    private int keys;

    /** @param tool its preset's name */
    public Comparison(String tool, Comparer comparer, InstantSource clock) {
        this.tool = tool;
        this.comparer = comparer;
        this.clock = clock;
    }

    /** Takes what the tool's state says of an account, before that is handed over. */
    public void recalled(AccountId account, List<Entry> entries) {
        past.put(account, List.copyOf(entries));
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                List<Entry> entries =
                        past.getOrDefault(found.snapshot().account().id(), List.of());
                rows.addAll(comparer.compare(found, entries, clock.instant()));
                keys += (int) found.findings().stream()
                        .filter(finding -> finding.active() != null)
                        .count();
                if (found.snapshot().reading() instanceof Reading.Partial(String why)) {
                    notRead.add(why);
                }
            }
            case AccountOutcome.Skipped skipped -> {
                // left out on purpose
            }
            case AccountOutcome.Failed failed -> notRead.add(failed.problem().sentence());
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        // It is shown when the run is over.
    }

    String tool() {
        return tool;
    }

    /** Keys that were looked at. */
    int keys() {
        return keys;
    }

    /** What differs first. */
    public List<Compared> rows() {
        return rows.stream().sorted(Compared.ORDER).toList();
    }

    long count(Verdict verdict) {
        return rows.stream().filter(row -> row.verdict() == verdict).count();
    }

    /** What no trace tells. */
    List<String> notKnown() {
        return comparer.notKnown();
    }

    /** What could not be read, a sentence each. */
    public List<String> notRead() {
        return List.copyOf(notRead);
    }
}
