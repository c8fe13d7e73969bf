package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.report.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Today's plan as the page shows it: what is due, what a limit puts off, and what somebody holds back. */
final class PlanValues {
    private static final int MOST = 200;

    private final Anchors anchors;
    private final Map<AccountId, String> names;

    PlanValues(Anchors anchors, Map<AccountId, String> names) {
        this.anchors = anchors;
        this.names = names;
    }

    /** A step and whether it is taken now. */
    record Row(
            String look,
            String verb,
            String anchor,
            String user,
            String four,
            String account,
            String why,
            String now) {}

    Map<String, Object> of(Plan plan, List<Scheduled> held) {
        List<Row> rows = new ArrayList<>();
        plan.actions().forEach(action -> rows.add(row(action, "due")));
        plan.deferred().forEach(put -> rows.add(row(put.action(), putOff(put))));
        held.forEach(next -> rows.add(row(next)));
        Map<String, Object> values = new HashMap<>();
        values.put("brief", plan.hash().substring(0, 4) + " " + plan.hash().substring(4, 8));
        values.put("hash", grouped(plan.hash(), 8));
        values.put("steps", steps(plan.actions().size()));
        values.put("lede", lede(plan, held.size()));
        values.put("rows", rows.subList(0, Math.min(MOST, rows.size())));
        values.put("more", Math.max(0, rows.size() - MOST));
        return values;
    }

    private static String lede(Plan plan, int held) {
        int due = plan.actions().size();
        String first = due == 0 ? "No step is due today" : steps(due) + (due == 1 ? " is" : " are") + " due today";
        return Look.capital(first)
                + (plan.deferred().isEmpty() ? "" : ", " + plan.deferred().size() + " more put off by a limit")
                + (held == 0 ? "" : ", " + held + " held back") + ".";
    }

    private static String steps(int count) {
        return count == 0 ? "no step" : count == 1 ? "1 step" : count + " steps";
    }

    private static String putOff(Plan.Deferred put) {
        return "put off by the limit " + put.cap() + ": " + put.limit() + " allowed, " + put.selected() + " of "
                + put.total() + " taken";
    }

    private Row row(Action action, String now) {
        String why = action.reasons().isEmpty()
                ? "–"
                : Words.sentence(action.reasons().getFirst());
        return row(action.credential(), Look.of(action.step()), action.verb().replace('-', ' '), Safe.text(why), now);
    }

    private Row row(Scheduled next) {
        String why = next.hold() == null ? "" : next.hold().sentence();
        return row(next.credential(), Look.of(next.step()), next.step().label(), "–", "held: " + Safe.text(why));
    }

    private Row row(CredentialId id, String look, String verb, String why, String now) {
        KeyId key = id.keyId();
        return new Row(
                look,
                verb,
                anchors.of(id),
                Safe.text(id.principal().display()),
                key == null ? "····" : key.lastFour(),
                Safe.text(names.getOrDefault(id.account(), id.account().value())),
                why,
                now);
    }

    /** In groups that eyes can compare. */
    static String grouped(String text, int size) {
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < text.length(); i += size) {
            groups.append(i == 0 ? "" : " ").append(text, i, Math.min(text.length(), i + size));
        }
        return groups.toString();
    }
}
