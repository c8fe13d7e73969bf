package io.keyturn.app.metrics;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RunEnd;
import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.AccountNumbers;
import io.keyturn.core.report.RunNumbers;
import io.keyturn.engine.run.AccountOutcome;
import java.util.function.Predicate;

/** A form of metrics: takes in accounts, and writes their numbers when the run is over. */
abstract class NumbersRenderer implements Renderer {
    private final RunNumbers numbers = new RunNumbers(Safe::text);

    @Override
    public final void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                AccountNumbers.Read read = numbers.read(found.snapshot(), found.findings(), view);
                KeyName names = new KeyName();
                found.findings().stream().filter(view).forEach(finding -> key(read, names.of(finding), finding));
            }
            case AccountOutcome.Skipped(String label, String id, String why) -> numbers.skipped(label, id);
            case AccountOutcome.Failed failed -> numbers.failed(failed.label(), failed.id());
        }
    }

    /**
     * Takes in a key.
     *
     * @param name what tells it apart from its user's other keys
     */
    void key(AccountNumbers.Read account, String name, Finding finding) {}

    @Override
    public final void end(Plan plan, boolean planAsked) {
        if (planAsked) {
            numbers.planned(plan);
        }
    }

    @Override
    public final void over(RunEnd end) {
        write(numbers, end);
    }

    /** Writes what the run came to. */
    abstract void write(RunNumbers numbers, RunEnd end);

    @Override
    public boolean writesAtOnce() {
        return false;
    }
}
