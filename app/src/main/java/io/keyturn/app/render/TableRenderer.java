package io.keyturn.app.render;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Preview;
import io.keyturn.core.report.AccountRow;
import io.keyturn.core.report.Attention;
import io.keyturn.core.report.Summary;
import io.keyturn.core.report.Words;
import io.keyturn.engine.run.AccountOutcome;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The one screen that answers first what must be decided this week. */
public final class TableRenderer implements Renderer {
    private static final int ROWS = 15;
    private static final int ACCOUNTS = 12;

    private final PrintWriter out;
    private final Screen screen;
    private final Paint paint;
    private final Summary summary;
    private final Collected collected;
    private final boolean all;
    private final List<String> narrowedTo;
    private final List<String> hints;

    /**
     * Writes to {@code out} when the run ends.
     *
     * @param all whether to list every key
     * @param narrowedTo what is shown where that is not everything, such as {@code account data}
     * @param hints lines to end with where a person watches
     */
    public TableRenderer(
            PrintWriter out, Screen screen, Instant now, boolean all, List<String> narrowedTo, List<String> hints) {
        this.out = out;
        this.screen = screen;
        this.paint = new Paint(screen);
        this.summary = new Summary(now, all, narrowedTo.stream().anyMatch(part -> !part.startsWith("account ")));
        this.collected = new Collected(summary);
        this.all = all;
        this.narrowedTo = List.copyOf(narrowedTo);
        this.hints = List.copyOf(hints);
    }

    @Override
    public void account(AccountOutcome outcome, Predicate<Finding> view) {
        collected.take(outcome, view);
    }

    @Override
    public void end(Plan plan, boolean planAsked) {
        headline();
        keys();
        accounts();
        if (summary.weeks().stream().anyMatch(week -> !week.equals(io.keyturn.core.report.Week.EMPTY))) {
            blank();
            new WeekTable(screen.width(), paint).lines(summary.weeks()).forEach(this::line);
        }
        if (planAsked) {
            blank();
            new PlanTable(paint).lines(plan, collected.held()).forEach(this::line);
        }
        footer();
        out.flush();
    }

    @Override
    public boolean writesAtOnce() {
        return false;
    }

    private void headline() {
        int decisions = summary.decisions();
        String first = switch (decisions) {
            case 0 -> nothing();
            case 1 -> "1 key needs a decision this week";
            default -> decisions + " keys need a decision this week";
        };
        int keys = summary.keys();
        int healthy = summary.count(Standing.HEALTHY);
        String share = keys == 0 ? "" : " (" + Math.round(100.0 * healthy / keys) + " %)";
        int unknown = summary.count(Standing.UNKNOWN);
        String rest = counted(keys) + " in all, " + healthy + " healthy" + share
                + (unknown == 0 ? "" : ", " + unknown + " not fully read");
        boolean fits = first.length() + 3 + rest.length() <= screen.width();
        line(paint.bold(first) + (fits ? "   " + rest : ""));
        if (!fits) {
            line(rest);
        }
        if (!narrowedTo.isEmpty()) {
            line("narrowed to " + paint.safe(String.join(", ", narrowedTo)) + ": all numbers are of that alone");
        }
        if (!summary.complete()) {
            line(paint.mark(Standing.UNKNOWN) + " not everything was read: these numbers are of what was");
        }
        if (keys > 0) {
            line(bar(keys));
            legend();
        }
    }

    /** Nothing to decide is good news only of what was read. */
    private String nothing() {
        if (summary.complete()) {
            return "no key needs a decision this week";
        }
        return summary.keys() == 0 ? "no key was read" : "no key that was read needs a decision this week";
    }

    private static String counted(int keys) {
        return keys == 1 ? "1 key" : keys + " keys";
    }

    private String bar(int keys) {
        int width = screen.width();
        int[] parts = Shares.of(width, counts(), keys);
        StringBuilder bar = new StringBuilder();
        for (Standing standing : Standing.values()) {
            bar.append(paint.marks(standing, parts[standing.ordinal()]));
        }
        return bar.toString();
    }

    private int[] counts() {
        int[] counts = new int[Standing.values().length];
        for (Standing standing : Standing.values()) {
            counts[standing.ordinal()] = summary.count(standing);
        }
        return counts;
    }

    private void legend() {
        StringBuilder line = new StringBuilder();
        int length = 0;
        for (Standing standing : Standing.values()) {
            int count = summary.count(standing);
            if (count == 0 || (standing == Standing.HEALTHY && count < summary.keys())) {
                continue;
            }
            String text = " " + count + " " + Words.of(standing);
            if (length > 0 && length + 4 + text.length() > screen.width()) {
                line(line.toString());
                line.setLength(0);
                length = 0;
            }
            line.append(length == 0 ? "" : "   ").append(paint.mark(standing)).append(text);
            length += (length == 0 ? 1 : 4) + text.length();
        }
        if (length > 0) {
            line(line.toString());
        }
    }

    private void keys() {
        List<Attention> shown = summary.shown(screen.zone());
        if (shown.isEmpty()) {
            return;
        }
        List<Attention> first = all ? shown : shown.subList(0, Math.min(ROWS, shown.size()));
        blank();
        new KeyTable(screen, paint, new Dates(summary.now(), screen.zone()))
                .lines(first)
                .forEach(this::line);
        if (first.size() < shown.size()) {
            line(paint.dim("  and " + (shown.size() - first.size()) + " more: --all"));
        }
    }

    private void accounts() {
        List<AccountRow> rows = summary.accounts();
        if (rows.isEmpty()) {
            return;
        }
        List<AccountRow> first = rows;
        if (!all && rows.size() > ACCOUNTS) {
            first = rows.stream()
                    .sorted(Comparator.comparing((AccountRow row) -> row.state() != AccountRow.State.FAILED)
                            .thenComparing(row -> row.state() != AccountRow.State.PARTLY)
                            .thenComparing(AccountRow::decisions, Comparator.reverseOrder()))
                    .limit(ACCOUNTS)
                    .toList();
        }
        blank();
        new AccountTable(screen, paint).lines(first).forEach(this::line);
        if (first.size() < rows.size()) {
            line(paint.dim("and " + (rows.size() - first.size()) + " more accounts: --all"));
        }
    }

    private void footer() {
        if (!summary.complete()) {
            blank();
            line("Not read:");
            summary.unread().forEach(sentence -> line("  " + paint.safe(sentence)));
        }
        if (!summary.notes().isEmpty()) {
            blank();
            summary.notes().forEach(note -> line(paint.safe(note)));
        }
        Preview preview = summary.preview();
        if (!summary.enforced() && preview.atRisk() + preview.firstWave() > 0) {
            blank();
            line("Enforcing today: " + counted(preview.atRisk()) + " in use would be at risk; suggested first wave: "
                    + preview.firstWave() + ", not in use.");
        }
        if (screen.hints() && !hints.isEmpty()) {
            blank();
            line(hints.getFirst());
            hints.stream().skip(1).forEach(hint -> line(paint.dim(hint)));
        }
    }

    private void blank() {
        line("");
    }

    private void line(String text) {
        out.write(text);
        out.write('\n');
    }
}
