package io.keyturn.app.evidence;

import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Entry.Decision.Kind;
import io.keyturn.engine.journal.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was excepted or held back in the time: by the configuration as runs saw it, and by people as they decided it. */
final class ExceptionSheet {
    private final Span span;
    private final List<Held> held = new ArrayList<>();

    ExceptionSheet(Span span) {
        this.span = span;
    }

    /** A decision that holds something back, and how it ended. */
    private static final class Held {
        final String line;
        final Entry.Decision decision;
        Entry.@Nullable Decision ended;

        Held(String line, Entry.Decision decision) {
            this.line = line;
            this.decision = decision;
        }

        boolean overlaps(Span span) {
            Entry.Decision end = ended;
            Instant until = decision.until();
            return decision.stamp().at().isBefore(span.end())
                    && (until == null || until.isAfter(span.start()))
                    && (end == null || !end.stamp().at().isBefore(span.start()));
        }
    }

    /** Takes the next entry of a stream; {@code line} says where it stands. */
    void take(String line, Entry entry) {
        if (entry instanceof Entry.Decision decision) {
            switch (decision.kind()) {
                case FREEZE, SNOOZE, EXEMPT, STOP, LOWER_STAGE -> held.add(new Held(line, decision));
                case THAW -> end(decision, List.of(Kind.FREEZE, Kind.SNOOZE));
                case RESUME -> end(decision, List.of(Kind.STOP));
                case APPROVE, INSTALLED, COMPROMISED, UNDO -> {
                    // They let something happen, and hold nothing back.
                }
            }
        }
    }

    /** Ends what holds exactly there: the thaw of a key leaves its user frozen. */
    private void end(Entry.Decision by, List<Kind> kinds) {
        for (Held one : held) {
            if (one.ended == null
                    && kinds.contains(one.decision.kind())
                    && place(one.decision.scope()).equals(place(by.scope()))) {
                one.ended = by;
            }
        }
    }

    /** A user of another name is the same user. */
    private static Object place(Scope scope) {
        return scope instanceof Scope.OfTarget(var target)
                ? target.key() == null ? target.user() : target.key()
                : scope;
    }

    Sheet sheet(List<ExemptionPast> exemptions) {
        Sheet sheet = new Sheet(
                "kind",
                "source",
                "scope",
                "keyId",
                "approver",
                "reason",
                "from",
                "until",
                "endedAt",
                "endedBy",
                "endedReason",
                "value",
                "line");
        exemptions.stream()
                .filter(exemption -> exemption.overlaps(span))
                .forEach(exemption -> sheet.row(
                        "exemption",
                        "configuration",
                        exemption.exemption().user(),
                        "",
                        exemption.exemption().owner(),
                        exemption.exemption().reason(),
                        exemption.from() == null ? "not recorded" : Cells.text(exemption.from()),
                        exemption.until().toString(),
                        Cells.text(exemption.ended()),
                        "",
                        exemption.ended() == null ? "" : "no longer in the configuration of the run that began then",
                        "",
                        ""));
        held.stream().filter(one -> one.overlaps(span)).forEach(one -> row(sheet, one));
        return sheet;
    }

    private static void row(Sheet sheet, Held one) {
        Entry.Decision decision = one.decision;
        Entry.Decision end = one.ended;
        sheet.row(
                Cells.word(decision.kind()),
                "decision",
                Cells.scope(decision.scope()),
                Cells.key(decision.target()),
                decision.by(),
                decision.why(),
                decision.stamp().at().toString(),
                Cells.text(decision.until()),
                end == null ? "" : end.stamp().at().toString(),
                end == null ? "" : end.by(),
                end == null ? "" : end.why(),
                Cells.text(decision.value()),
                one.line);
    }
}
