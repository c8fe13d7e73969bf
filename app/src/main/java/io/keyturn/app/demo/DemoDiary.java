package io.keyturn.app.demo;

import io.keyturn.app.demo.DemoTale.Line;
import io.keyturn.app.demo.DemoTale.What;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Puts what the journal says of one user into words, and counts what is said again. */
final class DemoDiary {
    private final List<Line> lines = new ArrayList<>();
    private final Set<KeyId> made = new HashSet<>();
    private final Set<String> promised = new HashSet<>();
    private int messages;

    /** Something that somebody else did. */
    void add(Instant at, What what, String words) {
        lines.add(new Line(day(at), what, words));
    }

    /** Takes what the journal says next. */
    void take(Entry entry) {
        switch (entry) {
            case Entry.Notice notice -> say(notice);
            case Entry.Outcome outcome -> {
                if (outcome.result() == Entry.Result.DONE) {
                    done(outcome);
                } else if (outcome.verb() == Verb.DELIVER_SECRET) {
                    keyturn(
                            outcome,
                            What.ROTATED,
                            "the next run finds the key " + key(outcome) + ", whose secret nobody holds");
                }
            }
            case Entry.Intent intent -> {
                // Its outcome tells it.
            }
            case Entry.Decision decision -> {
                // Who decided is told by whoever lets them.
            }
        }
    }

    private void say(Entry.Notice notice) {
        messages++;
        String what = switch (notice.step()) {
            case ROTATE -> "a new key will be made";
            case DEACTIVATE -> "the old key will be deactivated";
            case DELETE -> "the old key will be deleted";
            case REMIND, TICKET -> "";
        };
        String told = "the owner is told: " + what + " on " + day(notice.due());
        if (!what.isEmpty() && promised.add(told)) {
            lines.add(new Line(day(notice.stamp().at()), What.TOLD, told));
        }
    }

    private void done(Entry.Outcome outcome) {
        switch (outcome.verb()) {
            case CREATE_KEY -> {
                if (outcome.made() != null) {
                    made.add(outcome.made());
                }
            }
            case DELIVER_SECRET ->
                keyturn(
                        outcome,
                        What.ROTATED,
                        "a new key, " + key(outcome) + ", is made, delivered, read back and tried");
            case DEACTIVATE ->
                keyturn(
                        outcome,
                        What.DEACTIVATED,
                        made.contains(outcome.target().key())
                                ? key(outcome) + " is deactivated"
                                : "the old key is deactivated");
            case REACTIVATE -> keyturn(outcome, What.DEACTIVATED, "the old key works again");
            case DELETE ->
                keyturn(
                        outcome,
                        What.DELETED,
                        made.contains(outcome.target().key())
                                ? key(outcome) + " is deleted, after its cool-down"
                                : "the old key is deleted, after its cool-down");
            case CLEAR_SECRET, REMIND, CLOSE_NOTICE, OPEN_TICKET, CLOSE_TICKET, BROWNOUT, FREEZE, THAW -> {
                // Told by what it belongs to.
            }
        }
    }

    private void keyturn(Entry.Outcome outcome, What what, String words) {
        lines.add(new Line(day(outcome.stamp().at()), what, words));
    }

    private static String key(Entry.Outcome outcome) {
        KeyId key = outcome.target().key();
        return key == null ? "" : key.lastFour();
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** All that happened, in its order. */
    List<Line> lines() {
        return List.copyOf(lines);
    }

    /** How many messages the owner got. */
    int messages() {
        return messages;
    }
}
