package io.keyturn.app.render.html;

import io.keyturn.app.render.Held;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Summary;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Writes the report: one HTML file that needs nothing else, when the run ends. */
public final class HtmlRenderer implements Renderer {
    private final PrintWriter out;
    private final Making making;
    private final Summary summary;
    private final Map<AccountId, String> names = new HashMap<>();
    private final List<Scheduled> held = new ArrayList<>();

    public HtmlRenderer(PrintWriter out, Instant now, Making making) {
        this.out = out;
        this.making = making;
        this.summary =
                new Summary(now, true, making.narrowedTo().stream().anyMatch(part -> !part.startsWith("account ")));
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        switch (outcome) {
            case AccountOutcome.Surveyed found -> {
                summary.surveyed(found.snapshot(), found.findings(), found.plan(), view);
                names.put(
                        found.snapshot().account().id(),
                        found.snapshot().account().name());
                Held.of(found, view).stream()
                        .filter(next -> !next.at().isAfter(summary.now()))
                        .forEach(held::add);
            }
            case AccountOutcome.Skipped(String label, String id, String why) -> summary.skipped(label, id, why);
            case AccountOutcome.Failed failed -> summary.failed(failed.label(), failed.id(), failed.problem());
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        Anchors anchors = new Anchors();
        ReportValues values = new ReportValues(summary, making, anchors);
        Page.write(values.with(planAsked ? new PlanValues(anchors, names).of(plan, held) : null), out);
        out.flush();
    }

    @Override
    public boolean writesAtOnce() {
        return false;
    }
}
