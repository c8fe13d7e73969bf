package io.keyturn.app.otlp;

import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RunEnd;
import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.RunNumbers;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A result that is also told to a collector by OTLP over HTTP: the numbers of the run, and its spans. It tells of every key,
 * whatever is shown. Where no collector is named, the result is left as it is, and nothing of OpenTelemetry is loaded.
 */
public final class OtlpBeside implements Renderer {
    private final Renderer shown;
    private final OtlpSettings settings;
    private final InstantSource clock;
    private final RunNumbers numbers = new RunNumbers(Safe::text);
    private final List<Ended> accounts = new ArrayList<>();
    private @Nullable Instant planned;

    /**
     * An account that was done with.
     *
     * @param id empty where it is not known
     * @param problem why it was not read, or not read whole; empty where it was
     */
    record Ended(Instant at, String id, String name, int users, String problem) {}

    private OtlpBeside(Renderer shown, OtlpSettings settings, InstantSource clock) {
        this.shown = shown;
        this.settings = settings;
        this.clock = clock;
    }

    /** The same result, with a collector told of it where the environment names one. */
    public static Renderer of(Renderer shown, Map<String, String> environment, InstantSource clock) {
        return OtlpSettings.of(environment)
                .<Renderer>map(settings -> new OtlpBeside(shown, settings, clock))
                .orElse(shown);
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                var read = numbers.read(found.snapshot(), found.findings(), finding -> true);
                int users = found.snapshot().users().size();
                String problem = found.snapshot().reading().complete() ? "" : "not read whole";
                accounts.add(new Ended(clock.instant(), read.id(), read.name(), users, problem));
            }
            case AccountOutcome.Skipped(String label, String id, String why) -> numbers.skipped(label, id);
            case AccountOutcome.Failed failed -> {
                numbers.failed(failed.label(), failed.id());
                String problem = Safe.text(failed.problem().sentence());
                accounts.add(new Ended(clock.instant(), failed.id(), Safe.text(failed.label()), 0, problem));
            }
        }
        shown.account(outcome, view);
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        planned = clock.instant();
        if (planAsked) {
            numbers.planned(plan);
        }
        shown.end(plan, planAsked);
    }

    @Override
    public void over(RunEnd end) throws IOException {
        shown.over(end);
        new OtlpExport(settings).send(numbers, end, accounts, planned == null ? end.at() : planned);
    }

    @Override
    public boolean writesAtOnce() {
        return shown.writesAtOnce();
    }
}
