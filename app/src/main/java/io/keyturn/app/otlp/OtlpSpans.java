package io.keyturn.app.otlp;

import io.keyturn.app.render.RunEnd;
import io.keyturn.core.report.RunNumbers;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.List;

/**
 * A run as spans: the whole, within it the reading with each account, and the acting. All accounts of a run are begun with it,
 * so the span of each lasts from there to its end: the longest is the one that the run waited for.
 */
final class OtlpSpans {
    private final Tracer tracer;

    OtlpSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    void record(RunNumbers numbers, RunEnd end, List<OtlpBeside.Ended> accounts, Instant planned) {
        Instant began = end.at().minus(end.took());
        Span run = begun("keyturn run", began, Context.root());
        run.setAttribute("keyturn.complete", numbers.complete())
                .setAttribute("keyturn.accounts", accounts.size())
                .setAttribute("keyturn.aws.calls", end.calls())
                .setAttribute("keyturn.aws.throttles", end.throttles());
        if (!numbers.complete()) {
            run.setStatus(StatusCode.ERROR, "not everything was read");
        }
        Context within = Context.root().with(run);
        Span reading = begun("read", began, within);
        accounts.forEach(account -> account(account, began, within.with(reading)));
        reading.end(planned);
        if (!end.acted().isEmpty()) {
            Span acting = begun("act", planned, within);
            end.acted()
                    .forEach((verb, outcomes) -> outcomes.forEach(
                            (outcome, count) -> acting.setAttribute("keyturn." + verb.label() + "." + outcome, count)));
            acting.end(end.at());
        }
        run.end(end.at());
    }

    private void account(OtlpBeside.Ended account, Instant began, Context within) {
        Span span = begun("read account", began, within);
        span.setAttribute("cloud.account.id", account.id())
                .setAttribute("account.name", account.name())
                .setAttribute("keyturn.users", account.users());
        if (!account.problem().isEmpty()) {
            span.setStatus(StatusCode.ERROR, account.problem());
        }
        span.end(account.at());
    }

    private Span begun(String name, Instant at, Context within) {
        SpanBuilder builder = tracer.spanBuilder(name).setParent(within).setStartTimestamp(at);
        return builder.startSpan();
    }
}
