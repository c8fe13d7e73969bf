package io.keyturn.app.web;

import io.keyturn.app.render.html.ReportDates;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.catalog.SeenRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a run changed after it had read the keys, which pages show only once these are read again. */
final class SinceRead {
    private static final Map<Verb, String> WORDS = new EnumMap<>(Map.of(
            Verb.CREATE_KEY, "made",
            Verb.DEACTIVATE, "deactivated",
            Verb.BROWNOUT, "switched off for a while",
            Verb.REACTIVATE, "switched on again",
            Verb.DELETE, "deleted"));

    private SinceRead() {}

    /**
     * A sentence about it; empty where it changed none.
     *
     * @param newest the last run of all, if there is one
     */
    static String words(List<SeenRun> newest) {
        if (newest.isEmpty()) {
            return "";
        }
        SeenRun run = newest.getFirst();
        List<String> parts = new ArrayList<>();
        WORDS.forEach((verb, word) -> {
            int count = run.outcomes().getOrDefault(verb.label().replace('-', ' ') + " done", 0);
            if (count > 0) {
                parts.add(count + " " + word);
            }
        });
        return parts.isEmpty()
                ? ""
                : "Keys are shown as they were read at " + ReportDates.minute(run.began())
                        + ". After that the run changed some: " + String.join(", ", parts)
                        + ". The next reading shows it.";
    }
}
