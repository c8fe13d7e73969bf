package io.keyturn.app.render;

import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.StageReport;
import io.keyturn.core.report.StageRow;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same for machines; its schema is {@code stages.schema.json}. */
public final class StagesJson {
    /** Names the version of the format. */
    public static final String SCHEMA = "https://keyturn.io/schema/stages/1";

    private StagesJson() {}

    /** Writes them. */
    public static void write(PrintWriter out, StageReport report) {
        ObjectNode top = JsonMapper.shared().createObjectNode();
        top.put("schema", SCHEMA);
        ArrayNode places = top.putArray("places");
        for (StageRow row : report.rows()) {
            List<String> missing = report.missing(row);
            ObjectNode place = places.addObject();
            place.put("place", row.place());
            place.put("accounts", row.accounts());
            place.put("stage", row.stage().label());
            ArrayNode lowered = place.putArray("lowered");
            row.lowered().forEach(lowering -> lowered.add(lowering.sentence()));
            Stage next = row.next();
            place.put("next", next == null ? null : next.label());
            counts(place.putObject("today"), row.today());
            counts(place.putObject("later"), row.later());
            place.put("keys", row.keys());
            place.put("owned", row.owned());
            place.put("told", row.told());
            place.put("ready", next != null && missing.isEmpty());
            ArrayNode list = place.putArray("missing");
            missing.forEach(list::add);
        }
        ArrayNode failures = top.putArray("failures");
        report.failures().forEach(failures::add);
        top.put("complete", report.complete());
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(top));
        out.flush();
    }

    private static void counts(ObjectNode node, Map<Step, Integer> counts) {
        for (Step step : Step.values()) {
            if (counts.containsKey(step)) {
                node.put(step.label(), counts.get(step));
            }
        }
    }
}
