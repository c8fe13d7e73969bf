package io.keyturn.app.compare;

import io.keyturn.app.render.Safe;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shows a comparison to people or to machines. */
public final class ComparisonPrinter {
    /** Names the version of the JSON; its schema is {@code comparison.schema.json}. */
    public static final String SCHEMA = "https://keyturn.io/schema/comparison/1";

    private final Comparison comparison;
    private final PrintWriter out;

    public ComparisonPrinter(Comparison comparison, PrintWriter out) {
        this.comparison = comparison;
        this.out = out;
    }

    /**
     * For people: what is the same is counted, all else is told.
     *
     * @param unicode whether the screen shows more than ASCII
     */
    public void table(boolean unicode) {
        UnaryOperator<String> safe = unicode ? Safe::text : Safe::ascii;
        String dot = unicode ? " · " : " / ";
        out.println("Keyturn beside " + comparison.tool() + ": " + counts());
        for (Compared row : comparison.rows()) {
            if (row.verdict() == Verdict.SAME) {
                continue;
            }
            String key = row.key() == null ? "" : dot + row.key().lastFour();
            out.println();
            out.println(row.verdict().label() + "  " + safe.apply(row.user()) + key + dot
                    + row.act().label());
            int width = Math.max(comparison.tool().length(), "keyturn".length());
            side(comparison.tool(), width, safe.apply(row.tool()));
            side("keyturn", width, safe.apply(row.keyturn()));
        }
        list("Not read, so not compared:", comparison.notRead(), safe);
        list("What cannot be known:", comparison.notKnown(), safe);
        out.println();
        out.println("Nothing was sent or changed, and what " + comparison.tool() + " keeps is as it was.");
        out.flush();
    }

    private void side(String who, int width, String text) {
        out.println("  " + who + " ".repeat(width - who.length() + 2) + text);
    }

    private void list(String head, List<String> sentences, UnaryOperator<String> safe) {
        if (!sentences.isEmpty()) {
            out.println();
            out.println(head);
            sentences.forEach(sentence -> out.println("  " + safe.apply(sentence)));
        }
    }

    private String counts() {
        List<String> parts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            long count = comparison.count(verdict);
            String word = verdict == Verdict.DIFFERENT && count == 1 ? verdict.label() : verdict.counted();
            if (count > 0 || verdict == Verdict.DIFFERENT || verdict == Verdict.SAME) {
                parts.add((count == 0 ? "none" : Long.toString(count)) + " " + word);
            }
        }
        int keys = comparison.keys();
        return String.join(", ", parts) + ", of " + keys + (keys == 1 ? " key" : " keys");
    }

    /** For machines: every act of either side. */
    public void json() {
        ObjectNode top = JsonMapper.shared().createObjectNode();
        top.put("schema", SCHEMA).put("tool", comparison.tool()).put("keys", comparison.keys());
        ObjectNode counts = top.putObject("counts");
        Arrays.stream(Verdict.values()).forEach(verdict -> counts.put(verdict.label(), comparison.count(verdict)));
        var rows = top.putArray("compared");
        for (Compared row : comparison.rows()) {
            rows.addObject()
                    .put("user", row.user())
                    .put("keyId", row.key() == null ? null : row.key().value())
                    .put("step", row.act().label())
                    .put("verdict", row.verdict().label())
                    .put("tool", row.tool())
                    .put("keyturn", row.keyturn());
        }
        comparison.notKnown().forEach(top.putArray("notKnown")::add);
        comparison.notRead().forEach(top.putArray("notRead")::add);
        top.put("complete", comparison.notRead().isEmpty());
        out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(top));
        out.flush();
    }
}
