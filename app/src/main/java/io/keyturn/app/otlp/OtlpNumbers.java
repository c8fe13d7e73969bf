package io.keyturn.app.otlp;

import io.keyturn.app.render.RunEnd;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.AccountNumbers;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.RunNumbers;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.LongGauge;
import io.opentelemetry.api.metrics.Meter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers of a run as gauges of OpenTelemetry; a key never is an attribute. */
final class OtlpNumbers {
    private final Meter meter;
    private final Map<String, LongGauge> gauges = new HashMap<>();

    OtlpNumbers(Meter meter) {
        this.meter = meter;
    }

    void record(RunNumbers numbers, RunEnd end) {
        numbers.accounts().forEach(this::account);
        for (AccountRow.State state : AccountRow.State.values()) {
            set(
                    "keyturn.accounts",
                    "{account}",
                    numbers.accounts(state),
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
        set("keyturn.run.complete", "1", numbers.complete() ? 1 : 0);
        set("keyturn.run.aws.calls", "{call}", end.calls());
        set("keyturn.run.aws.throttles", "{call}", end.throttles());
        DoubleGauge took =
                meter.gaugeBuilder("keyturn.run.duration").setUnit("s").build();
        took.set(end.took().toMillis() / 1000.0);
        numbers.planned()
                .forEach((verb, count) -> set("keyturn.plan.actions", "{action}", count, "verb", verb.label()));
        set("keyturn.plan.deferred", "{action}", numbers.deferred());
        end.acted()
                .forEach((verb, outcomes) -> outcomes.forEach((outcome, count) ->
                        set("keyturn.run.actions", "{action}", count, "verb", verb.label(), "outcome", outcome)));
    }

    private void account(AccountNumbers account) {
        String id = account.id();
        String name = account.name();
        switch (account) {
            case AccountNumbers.Read read -> {
                of("keyturn.account.complete", "1", read.complete() ? 1 : 0, id, name);
                for (Standing standing : Standing.values()) {
                    set(
                            "keyturn.keys",
                            "{key}",
                            read.keys(standing),
                            "cloud.account.id",
                            id,
                            "account.name",
                            name,
                            "standing",
                            standing.label());
                }
                read.overdue()
                        .forEach((policy, count) -> set(
                                "keyturn.keys.overdue",
                                "{key}",
                                count,
                                "cloud.account.id",
                                id,
                                "account.name",
                                name,
                                "policy",
                                policy));
                of("keyturn.key.holders", "{user}", read.holders(), id, name);
                of("keyturn.key.age.oldest", "d", read.oldestDays(), id, name);
                of("keyturn.key.age.median", "d", read.medianDays(), id, name);
                of("keyturn.last_use.unknown", "{key}", read.unknownLastUses(), id, name);
            }
            case AccountNumbers.Unread unread -> of("keyturn.account.complete", "1", 0, id, name);
            case AccountNumbers.LeftOut left -> {
                // It is counted among the accounts of the run.
            }
        }
    }

    private void of(String metric, String unit, @Nullable Number value, String id, String name) {
        set(metric, unit, value, "cloud.account.id", id, "account.name", name);
    }

    /** What is not known is left out: it is no zero. */
    private void set(String metric, String unit, @Nullable Number value, String... attributes) {
        if (value == null) {
            return;
        }
        var built = Attributes.builder();
        for (int i = 0; i < attributes.length; i += 2) {
            built.put(attributes[i], attributes[i + 1]);
        }
        gauges.computeIfAbsent(
                        metric,
                        fresh -> meter.gaugeBuilder(fresh)
                                .ofLongs()
                                .setUnit(unit)
                                .build())
                .set(value.longValue(), built.build());
    }
}
