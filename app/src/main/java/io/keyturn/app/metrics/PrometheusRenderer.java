package io.keyturn.app.metrics;

import io.keyturn.app.render.RunEnd;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountNumbers;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.RunNumbers;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Metrics in Prometheus' text format, all of them gauges of this one run. As many series as accounts times standings and
 * policies, and no more; per key only where that is asked for. Of an account that was not read there are no numbers of keys,
 * and {@code keyturn_account_complete} is 0.
 */
public final class PrometheusRenderer extends NumbersRenderer {
    private final Writer out;
    private final boolean perKey;
    private final Gauges gauges = new Gauges();

    /** @param perKey whether each key has its series */
    public PrometheusRenderer(Writer out, boolean perKey) {
        this.out = out;
        this.perKey = perKey;
    }

    @Override
    void key(AccountNumbers.Read account, String name, Finding finding) {
        if (!perKey) {
            return;
        }
        Labels labels = labels(account)
                .merge(Labels.of(
                        "user",
                        finding.credential().principal().display(),
                        "key",
                        name,
                        "standing",
                        finding.standing().label()));
        Long age = finding.ageDays();
        Long idle = finding.idleDays();
        gauges.add("keyturn_key", "A key by its standing.", 1, labels);
        if (age != null) {
            gauges.add("keyturn_key_age_seconds", "Age of a key, in whole days.", seconds(age), labels);
        }
        if (idle != null) {
            gauges.add(
                    "keyturn_key_idle_seconds", "Time since a key's last use, in whole days.", seconds(idle), labels);
        }
    }

    @Override
    void write(RunNumbers numbers, RunEnd end) {
        run(numbers, end);
        for (AccountNumbers account : numbers.accounts()) {
            switch (account) {
                case AccountNumbers.Read read -> read(read);
                case AccountNumbers.Unread unread -> complete(unread, false);
                case AccountNumbers.LeftOut left -> {
                    // It is counted among the accounts.
                }
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(bytes, gauges.snapshots());
            out.write(bytes.toString(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("could not write the metrics", e);
        }
    }

    private void run(RunNumbers numbers, RunEnd end) {
        Labels none = Labels.EMPTY;
        gauges.add("keyturn_run_complete", "Whether every account was read whole.", numbers.complete() ? 1 : 0, none);
        gauges.add(
                "keyturn_run_timestamp_seconds", "When the run ended.", end.at().getEpochSecond(), none);
        gauges.add(
                "keyturn_run_duration_seconds",
                "How long the run took.",
                end.took().toMillis() / 1000.0,
                none);
        gauges.add("keyturn_run_aws_calls", "Requests sent to AWS, repeated ones among them.", end.calls(), none);
        gauges.add("keyturn_run_aws_throttles", "Requests that AWS throttled.", end.throttles(), none);
        for (AccountRow.State state : AccountRow.State.values()) {
            gauges.add(
                    "keyturn_accounts",
                    "Accounts by how well they were read.",
                    numbers.accounts(state),
                    Labels.of("state", state.name().toLowerCase(Locale.ROOT)));
        }
        numbers.planned()
                .forEach((verb, count) -> gauges.add(
                        "keyturn_plan_actions", "Actions of the plan.", count, Labels.of("verb", verb.label())));
        Integer deferred = numbers.deferred();
        if (deferred != null) {
            gauges.add("keyturn_plan_deferred_actions", "Actions that no longer fit under a cap.", deferred, none);
        }
        end.acted()
                .forEach((verb, outcomes) -> outcomes.forEach((outcome, count) -> gauges.add(
                        "keyturn_run_actions",
                        "Actions by what they came to.",
                        count,
                        Labels.of("verb", verb.label(), "outcome", outcome))));
    }

    private void read(AccountNumbers.Read read) {
        Labels labels = labels(read);
        complete(read, read.complete());
        gauges.add(
                "keyturn_account_read_timestamp_seconds",
                "When what was read of the account was so.",
                read.asOf().getEpochSecond(),
                labels);
        for (Standing standing : Standing.values()) {
            gauges.add(
                    "keyturn_keys",
                    "Keys by standing.",
                    read.keys(standing),
                    labels.merge(Labels.of("standing", standing.label())));
        }
        read.overdue()
                .forEach((policy, count) -> gauges.add(
                        "keyturn_overdue_keys",
                        "Overdue keys by the policy that governs them.",
                        count,
                        labels.merge(Labels.of("policy", policy))));
        gauges.add("keyturn_key_holders", "Users who have a key, root among them.", read.holders(), labels);
        gauges.add(
                "keyturn_unknown_last_uses",
                "Keys whose last use was asked for and not answered.",
                read.unknownLastUses(),
                labels);
        Long oldest = read.oldestDays();
        Double median = read.medianDays();
        if (oldest != null) {
            gauges.add("keyturn_oldest_key_age_seconds", "Age of the oldest key that works.", seconds(oldest), labels);
        }
        if (median != null) {
            gauges.add("keyturn_median_key_age_seconds", "Median age of keys that work.", seconds(median), labels);
        }
    }

    private void complete(AccountNumbers account, boolean complete) {
        gauges.add(
                "keyturn_account_complete", "Whether the account was read whole.", complete ? 1 : 0, labels(account));
    }

    private static Labels labels(AccountNumbers account) {
        return Labels.of("account_id", account.id(), "account", account.name());
    }

    private static double seconds(double days) {
        return days * TimeUnit.DAYS.toSeconds(1);
    }
}
