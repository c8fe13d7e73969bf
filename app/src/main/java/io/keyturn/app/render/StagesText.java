package io.keyturn.app.render;

import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.StageReport;
import io.keyturn.core.report.StageRow;
import io.keyturn.core.report.Words;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The stages of all places on a screen: what the next one would do there, and what is missing for it. */
public final class StagesText {
    private static final int LABEL = 12;

    private final PrintWriter out;
    private final Screen screen;
    private final Paint paint;

    public StagesText(PrintWriter out, Screen screen) {
        this.out = out;
        this.screen = screen;
        this.paint = new Paint(screen);
    }

    /** Prints them. */
    public void print(StageReport report) {
        if (report.rows().isEmpty()) {
            out.println("no account was read, so no stage can be told");
        }
        for (StageRow row : report.rows()) {
            String count = row.accounts() == 1 ? "1 account" : row.accounts() + " accounts";
            out.println(
                    paint.bold(paint.safe(row.place())) + "   " + row.stage().label() + "   " + count);
            row.lowered().forEach(lowering -> section("", lowering.sentence()));
            Stage next = row.next();
            if (next == null) {
                section("next", "there is no higher stage");
                continue;
            }
            section(
                    next.label(),
                    "would do " + counts(row.today(), " today") + ", "
                            + counts(row.later(), " within " + StageRow.AHEAD.toDays() + " days"));
            List<String> missing = report.missing(row);
            section(missing.isEmpty() ? "ready" : "not ready", missing.isEmpty() ? "yes" : String.join("; ", missing));
        }
        out.flush();
    }

    private static String counts(Map<Step, Integer> counts, String when) {
        return counts.isEmpty()
                ? "nothing" + when
                : Arrays.stream(Step.values())
                                .filter(counts::containsKey)
                                .map(step -> Words.counted(step, counts.getOrDefault(step, 0)))
                                .collect(Collectors.joining(", "))
                        + when;
    }

    private void section(String label, String text) {
        Wrapped.lines("  " + KeyTable.pad(label, LABEL), LABEL + 2, paint.safe(text), screen.width())
                .forEach(out::println);
    }
}
