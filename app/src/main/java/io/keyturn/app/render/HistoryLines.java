package io.keyturn.app.render;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Hold;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Scope;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Lines of the journal for people, one each: when, what, about whom, and what came of it. */
public final class HistoryLines {
    private final PrintWriter out;

    public HistoryLines(PrintWriter out) {
        this.out = out;
    }

    /** One line. */
    public void print(Line line) throws StoreFailure {
        Entry entry = Entries.of(line);
        out.println(when(entry) + "  " + words(entry));
    }

    /** When it was written, to the second. */
    static String when(Entry entry) {
        return entry.stamp().at().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What an entry says. */
    static String words(Entry entry) {
        return switch (entry) {
            case Entry.Intent intent -> words("about to " + intent.verb().label(), intent.target(), "");
            case Entry.Outcome outcome ->
                words(outcome.verb().label() + " " + word(outcome.result()), outcome.target(), outcome.why());
            case Entry.Notice notice ->
                words(
                        "notice " + word(notice.placement()),
                        notice.target(),
                        notice.step().label() + " on "
                                + notice.due()
                                        .truncatedTo(ChronoUnit.DAYS)
                                        .toString()
                                        .substring(0, 10) + ", by "
                                + notice.channel() + " to " + notice.recipient());
            case Entry.Decision decision -> decided(decision);
        };
    }

    private static String decided(Entry.Decision decision) {
        String what = word(decision.kind()) + " by " + Safe.text(decision.by());
        String until = decision.until() == null ? "" : ", " + Hold.until(decision.until());
        return String.format(Locale.ROOT, "%-24s %s", what, scope(decision.scope())) + ": " + Safe.text(decision.why())
                + until;
    }

    private static String words(String what, Target target, String more) {
        return String.format(Locale.ROOT, "%-24s %s", what, name(target))
                + (more.isEmpty() ? "" : ": " + Safe.text(more));
    }

    private static String name(Target target) {
        KeyId key = target.key();
        return Safe.text(target.name().value()) + (key == null ? "" : " · " + key.lastFour()) + " · "
                + target.account();
    }

    private static String scope(Scope scope) {
        return switch (scope) {
            case Scope.All all -> "everything";
            case Scope.OfAccount account -> "account " + account.account();
            case Scope.OfUnit unit -> "unit " + Safe.text(unit.path());
            case Scope.OfTarget target -> name(target.target());
            case Scope.OfPlan plan -> "plan " + plan.hash().substring(0, 8);
        };
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
