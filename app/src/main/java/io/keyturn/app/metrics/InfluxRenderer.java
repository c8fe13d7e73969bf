package io.keyturn.app.metrics;

import io.keyturn.app.render.RunEnd;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountNumbers;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.RunNumbers;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Metrics in InfluxDB's line protocol, all at one instant: {@code keyturn_run}, {@code keyturn_account},
 * {@code keyturn_policy}, {@code keyturn_plan}, {@code keyturn_action}, and where it is asked for {@code keyturn_key}.
 * What is true is 1, so that it can be drawn; what is not known has no field. Ages are in days.
 */
public final class InfluxRenderer extends NumbersRenderer {
    private final PrintWriter out;
    private final Instant now;
    private final boolean perKey;

    /**
     * Lines to {@code out}.
     *
     * @param now the instant of every line
     * @param perKey whether each key has its line
     */
    public InfluxRenderer(PrintWriter out, Instant now, boolean perKey) {
        this.out = out;
        this.now = now;
        this.perKey = perKey;
    }

    @Override
    void key(AccountNumbers.Read account, String name, Finding finding) {
        if (perKey) {
            print(tagged("keyturn_key", account)
                    .tag("user", finding.credential().principal().display())
                    .tag("key", name)
                    .tag("standing", finding.standing().label())
                    .tag("policy", finding.governedBy())
                    .field("known", finding.ageDays() == null ? 0 : 1)
                    .field("age_days", finding.ageDays())
                    .field("idle_days", finding.idleDays()));
        }
    }

    @Override
    public boolean writesAtOnce() {
        return perKey;
    }

    @Override
    void write(RunNumbers numbers, RunEnd end) {
        numbers.accounts().forEach(this::account);
        numbers.planned()
                .forEach((verb, count) -> print(
                        new InfluxLine("keyturn_plan").tag("verb", verb.label()).field("actions", count)));
        end.acted()
                .forEach((verb, outcomes) -> outcomes.forEach((outcome, count) -> print(new InfluxLine("keyturn_action")
                        .tag("verb", verb.label())
                        .tag("outcome", outcome)
                        .field("actions", count))));
        InfluxLine run = new InfluxLine("keyturn_run").field("complete", numbers.complete() ? 1 : 0);
        for (AccountRow.State state : AccountRow.State.values()) {
            run.field("accounts_" + state.name().toLowerCase(Locale.ROOT), numbers.accounts(state));
        }
        print(run.field("deferred", numbers.deferred())
                .field("seconds", seconds(end.took()))
                .field("aws_calls", end.calls())
                .field("aws_throttles", end.throttles()));
        out.flush();
    }

    private void account(AccountNumbers account) {
        switch (account) {
            case AccountNumbers.Read read -> {
                InfluxLine line = tagged("keyturn_account", read).field("complete", read.complete() ? 1 : 0);
                for (Standing standing : Standing.values()) {
                    line.field(standing.label(), read.keys(standing));
                }
                print(line.field("keys", read.allKeys())
                        .field("holders", read.holders())
                        .field("oldest_days", read.oldestDays())
                        .field("median_days", read.medianDays())
                        .field("unknown_last_uses", read.unknownLastUses())
                        .field("read_age_seconds", Math.max(0, seconds(Duration.between(read.asOf(), now)))));
                read.overdue()
                        .forEach((policy, count) -> print(tagged("keyturn_policy", read)
                                .tag("policy", policy)
                                .field("overdue", count)));
            }
            case AccountNumbers.Unread unread ->
                print(tagged("keyturn_account", unread).field("complete", 0));
            case AccountNumbers.LeftOut left -> {
                // It is counted in the line of the run.
            }
        }
    }

    private static InfluxLine tagged(String measurement, AccountNumbers account) {
        return new InfluxLine(measurement).tag("account_id", account.id()).tag("account", account.name());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void print(InfluxLine line) {
        out.print(line.text(now));
    }
}
