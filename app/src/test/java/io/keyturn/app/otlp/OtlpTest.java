package io.keyturn.app.otlp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.app.render.CsvRenderer;
import io.keyturn.app.render.Outcomes;
import io.keyturn.app.render.Renderer;
import io.keyturn.app.render.RunEnd;
import io.keyturn.core.model.Reading;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.run.AccountOutcome;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a collector is told of a run, and what a person is where it is not. */
@Timeout(60)
class OtlpTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Outcomes.NOW);

    private final Map<String, String> environment = new HashMap<>();
    private Collector collector;

    @BeforeEach
    void start() throws IOException {
        collector = new Collector();
        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
    }

    @AfterEach
    void stop() {
        collector.close();
    }

    private void run(AccountOutcome... outcomes) throws IOException {
        Renderer renderer = OtlpBeside.of(new CsvRenderer(new PrintWriter(new StringWriter())), environment, CLOCK);
        for (AccountOutcome outcome : outcomes) {
            renderer.account(outcome, finding -> false);
        }
        renderer.end(Outcomes.plan(outcomes), true);
        renderer.over(new RunEnd(
                Outcomes.NOW.plusSeconds(2),
                Duration.ofSeconds(12),
                345,
                6,
                Map.of(Verb.DEACTIVATE, Map.of("done", 3))));
    }

    @Test
    void the_numbers_of_a_run_are_gauges_and_what_was_not_read_is_no_zero() throws Exception {
        environment.put("OTEL_EXPORTER_OTLP_HEADERS", "Authorization=Bearer%20canary");

        run(Outcomes.production(), Outcomes.failed("data"));

        String production = " {account.name=production, cloud.account.id=111122223333";
        assertThat(collector.points())
                .containsEntry("keyturn.keys" + production + ", standing=expired}", 2.0)
                .containsEntry("keyturn.keys" + production + ", standing=leaked}", 0.0)
                .containsEntry("keyturn.keys.overdue" + production + ", policy=all}", 2.0)
                .containsEntry("keyturn.key.age.oldest" + production + "}", 402.0)
                .containsEntry("keyturn.account.complete {account.name=data, cloud.account.id=444455556666}", 0.0)
                .containsEntry("keyturn.accounts {state=failed}", 1.0)
                .containsEntry("keyturn.run.complete {}", 0.0)
                .containsEntry("keyturn.run.duration {}", 12.0)
                .containsEntry("keyturn.run.aws.calls {}", 345.0)
                .containsEntry("keyturn.run.actions {outcome=done, verb=deactivate}", 3.0)
                .doesNotContainKey("keyturn.keys {account.name=data, cloud.account.id=444455556666, standing=healthy}");
        assertThat(collector.headers).hasSize(2).containsOnly("application/x-protobuf Bearer canary");
        assertThat(collector
                        .metrics
                        .getFirst()
                        .getResourceMetrics(0)
                        .getResource()
                        .toString())
                .contains("service.name", "keyturn");
    }

    @Test
    void a_run_is_a_trace_of_its_reading_its_accounts_and_its_acts() throws Exception {
        run(Outcomes.production(), Outcomes.failed("data"));

        Map<String, Span> spans = new HashMap<>();
        collector.spans().forEach(span -> spans.put(span.getName() + account(span), span));
        assertThat(spans)
                .containsOnlyKeys("keyturn run", "read", "act", "read account production", "read account data");
        Span whole = spans.get("keyturn run");
        assertThat(whole.getParentSpanId().isEmpty()).isTrue();
        assertThat(Duration.ofNanos(whole.getEndTimeUnixNano() - whole.getStartTimeUnixNano()))
                .hasSeconds(12);
        assertThat(whole.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(spans.get("read").getParentSpanId()).isEqualTo(whole.getSpanId());
        Span failed = spans.get("read account data");
        assertThat(failed.getParentSpanId()).isEqualTo(spans.get("read").getSpanId());
        assertThat(failed.getStatus().getMessage()).startsWith("could not assume the role of data");
        assertThat(collector.spans()).allMatch(span -> span.getTraceId().equals(whole.getTraceId()));
    }

    private static String account(Span span) {
        return span.getAttributesList().stream()
                .filter(one -> one.getKey().equals("account.name"))
                .map(one -> " " + one.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    @Test
    void no_series_is_lost_for_their_number() throws Exception {
        AccountOutcome[] many = new AccountOutcome[300];
        for (int i = 0; i < many.length; i++) {
            many[i] = Outcomes.surveyed(
                    "account-" + i, Reading.COMPLETE, Outcomes.user("ann", "", Outcomes.key(1, 5, 0)));
        }

        run(many);

        assertThat(collector.points().keySet())
                .filteredOn(point -> point.startsWith("keyturn.keys {"))
                .hasSize(300 * 8);
    }

    @Test
    void each_signal_goes_where_it_is_wanted_and_nowhere_else() throws Exception {
        environment.remove("OTEL_EXPORTER_OTLP_ENDPOINT");
        environment.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.url() + "/v1/traces");
        run(Outcomes.production());
        assertThat(collector.traces).isNotEmpty();
        assertThat(collector.metrics).isEmpty();

        environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        environment.put("OTEL_SDK_DISABLED", "true");
        collector.traces.clear();
        run(Outcomes.production());
        environment.clear();
        run(Outcomes.production());
        assertThat(collector.traces).isEmpty();
        assertThat(collector.metrics).isEmpty();
    }

    @Test
    void a_collector_that_refuses_is_named_with_what_to_check() {
        collector.status = 401;

        assertThatThrownBy(() -> run(Outcomes.production()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("could not hand the run to OpenTelemetry's collector: ")
                .hasMessageContaining("metrics were not taken at " + collector.url())
                .hasMessageContaining("traces were not taken at " + collector.url())
                .hasMessageEndingWith(
                        "check OTEL_EXPORTER_OTLP_ENDPOINT and OTEL_EXPORTER_OTLP_HEADERS, or unset the former");
    }

    @Test
    void a_variable_that_cannot_be_used_is_told() {
        environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");

        assertThatThrownBy(() -> run(Outcomes.production()))
                .hasMessageContaining("one of the OTEL_ variables cannot be used")
                .hasMessageContaining("OTLP goes over http/protobuf here");
    }
}
