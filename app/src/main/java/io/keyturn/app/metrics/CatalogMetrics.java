package io.keyturn.app.metrics;

import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountRow;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.catalog.SeenRun;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a catalog holds, in Prometheus' text format and under the names that a run's own metrics have. */
public final class CatalogMetrics {
    private final Gauges gauges = new Gauges();

    /**
     * The text.
     *
     * @param last the last run; empty before the first
     * @param stopped whether everything is stopped
     */
    public static String text(List<SeenAccount> accounts, Optional<SeenRun> last, boolean stopped) {
        CatalogMetrics metrics = new CatalogMetrics();
        metrics.gauges.add("keyturn_stopped", "Whether everything is stopped.", stopped ? 1 : 0, Labels.EMPTY);
        last.ifPresent(metrics::run);
        accounts.forEach(metrics::account);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, metrics.gauges.snapshots());
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the metrics", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private void run(SeenRun run) {
        Labels none = Labels.EMPTY;
        gauges.add("keyturn_run_complete", "Whether every account was read whole.", run.complete() ? 1 : 0, none);
        gauges.add(
                "keyturn_run_timestamp_seconds",
                "When the run ended.",
                run.ended().getEpochSecond(),
                none);
        gauges.add("keyturn_run_aws_calls", "Requests sent to AWS, repeated ones among them.", run.calls(), none);
        gauges.add("keyturn_run_aws_throttles", "Requests that AWS throttled.", run.throttles(), none);
    }

    private void account(SeenAccount account) {
        Labels labels = Labels.of(
                "account_id", account.row().id(), "account", account.row().name());
        boolean complete = account.row().state() == AccountRow.State.WHOLE;
        if (account.row().state() == AccountRow.State.SKIPPED) {
            return;
        }
        gauges.add("keyturn_account_complete", "Whether the account was read whole.", complete ? 1 : 0, labels);
        Instant asOf = account.row().asOf();
        if (asOf != null) {
            gauges.add(
                    "keyturn_account_read_timestamp_seconds",
                    "When what was read of the account was so.",
                    asOf.getEpochSecond(),
                    labels);
            for (Standing standing : Standing.values()) {
                gauges.add(
                        "keyturn_keys",
                        "Keys by standing.",
                        account.count(standing),
                        labels.merge(Labels.of("standing", standing.label())));
            }
        }
    }
}
