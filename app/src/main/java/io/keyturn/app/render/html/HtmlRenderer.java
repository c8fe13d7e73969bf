package io.keyturn.app.render.html;

import io.keyturn.app.render.Collected;
import io.keyturn.app.render.Renderer;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.report.Summary;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Writes the report: one HTML file that needs nothing else, when the run ends. */
public final class HtmlRenderer implements Renderer {
    private final PrintWriter out;
    private final Making making;
    private final Collected collected;
    private final Roles roles;
    private final Map<AccountId, String> names = new HashMap<>();

    public HtmlRenderer(PrintWriter out, Instant now, Making making) {
        this.out = out;
        this.making = making;
        this.roles = new Roles(making.ways());
        boolean narrowed = making.narrowedTo().stream().anyMatch(part -> !part.startsWith("account "));
        this.collected = new Collected(new Summary(now, true, narrowed));
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        collected.take(outcome, view);
        if (outcome instanceof AccountOutcome.Surveyed found) {
            roles.take(found);
            names.put(
                    found.snapshot().account().id(), found.snapshot().account().name());
        }
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        Anchors anchors = new Anchors();
        ReportValues values = new ReportValues(collected.summary(), making, anchors);
        Page.write(
                "report",
                values.with(planAsked ? new PlanValues(anchors, names).of(plan, collected.held()) : null, roles),
                out);
        out.flush();
    }

    @Override
    public boolean writesAtOnce() {
        return false;
    }
}
