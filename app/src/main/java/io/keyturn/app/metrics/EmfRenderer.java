package io.keyturn.app.metrics;

import io.keyturn.app.render.RunEnd;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.report.AccountNumbers;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.RunNumbers;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Metrics as log lines in CloudWatch's embedded metric format, which CloudWatch Logs turns into metrics by itself: a line for
 * the run, one for each account, and one for each policy in it and for each kind of action. CloudWatch bills by metric: a key
 * never is a dimension.
 */
public final class EmfRenderer extends NumbersRenderer {
    private final PrintWriter out;

    public EmfRenderer(PrintWriter out) {
        this.out = out;
    }

    @Override
    void write(RunNumbers numbers, RunEnd end) {
        EmfLine run = new EmfLine(end.at(), Map.of("Service", "keyturn"))
                .count("Complete", numbers.complete() ? 1 : 0)
                .metric("DeferredActions", "Count", numbers.deferred())
                .count("AwsCalls", end.calls())
                .count("AwsThrottles", end.throttles())
                .metric("Duration", "Milliseconds", end.took().toMillis());
        for (AccountRow.State state : AccountRow.State.values()) {
            run.count("Accounts" + camel(state.name()), numbers.accounts(state));
        }
        out.print(run.text());
        numbers.planned()
                .forEach((verb, count) -> out.print(new EmfLine(end.at(), Map.of("Verb", verb.label()))
                        .count("PlannedActions", count)
                        .text()));
        end.acted()
                .forEach((verb, outcomes) ->
                        outcomes.forEach((outcome, count) -> out.print(new EmfLine(end.at(), acted(verb, outcome))
                                .count("Actions", count)
                                .text())));
        numbers.accounts().forEach(account -> account(account, end));
        out.flush();
    }

    private static Map<String, String> acted(Verb verb, String outcome) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        dimensions.put("Verb", verb.label());
        dimensions.put("Outcome", outcome);
        return dimensions;
    }

    private void account(AccountNumbers account, RunEnd end) {
        EmfLine line =
                new EmfLine(end.at(), Map.of("AccountId", dimension(account))).property("AccountName", account.name());
        switch (account) {
            case AccountNumbers.Read read -> {
                line.count("Complete", read.complete() ? 1 : 0).count("Keys", read.allKeys());
                for (Standing standing : Standing.values()) {
                    line.count(camel(standing.name()) + "Keys", read.keys(standing));
                }
                out.print(line.count("KeyHolders", read.holders())
                        .count("UnknownLastUses", read.unknownLastUses())
                        .metric("OldestKeyAgeDays", "None", read.oldestDays())
                        .metric("MedianKeyAgeDays", "None", read.medianDays())
                        .property("ReadAsOf", read.asOf().toString())
                        .text());
                read.overdue().forEach((policy, count) -> {
                    Map<String, String> dimensions = new LinkedHashMap<>();
                    dimensions.put("AccountId", dimension(read));
                    dimensions.put("Policy", policy);
                    out.print(new EmfLine(end.at(), dimensions)
                            .count("OverdueKeys", count)
                            .text());
                });
            }
            case AccountNumbers.Unread unread ->
                out.print(line.count("Complete", 0).text());
            case AccountNumbers.LeftOut left -> {
                // It is counted in the line of the run.
            }
        }
    }

    private static String dimension(AccountNumbers account) {
        return account.id().isEmpty() ? account.name() : account.id();
    }

    private static String camel(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
