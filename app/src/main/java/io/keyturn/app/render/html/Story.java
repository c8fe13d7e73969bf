package io.keyturn.app.render.html;

import io.keyturn.app.render.Safe;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Attention;
import io.keyturn.engine.journal.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** A key's timeline: what is to come, and what the journal and AWS tell of it. */
public final class Story {
    private Story() {}

    /** What is to come, the latest first. */
    public static List<Moment> coming(Attention key, Instant now) {
        List<Moment> coming = new ArrayList<>();
        Scheduled next = key.next();
        if (next != null) {
            coming.add(Moment.planned(next.at(), Look.of(next.step()), words(next.step()), held(next)));
        }
        for (Deadline deadline : key.finding().deadlines()) {
            boolean same =
                    next != null && next.step() == deadline.step() && next.at().equals(deadline.at());
            if (deadline.at().isAfter(now)
                    && !same
                    && !(next != null && deadline.at().isBefore(next.at()))) {
                coming.add(Moment.planned(
                        deadline.at(),
                        Look.of(deadline.step()),
                        words(deadline.step()),
                        deadline.limit().equals("age") ? "By its age" : "If it goes unused until then"));
            }
        }
        coming.sort(Comparator.comparing(Moment::date).reversed());
        return coming;
    }

    private static String words(Step step) {
        return switch (step) {
            case REMIND -> "Remind the owner";
            case TICKET -> "File a ticket";
            case ROTATE -> "Rotate: make the successor and deliver it";
            case DEACTIVATE -> "Deactivate; reversible until the deletion";
            case DELETE -> "Delete, at the earliest; not reversible";
        };
    }

    private static String held(Scheduled next) {
        if (next.heldBy() != null) {
            return "The stage " + next.heldBy().label() + " keeps Keyturn from it: a person takes it";
        }
        return next.hold() == null ? "" : "Held back: " + Safe.text(next.hold().sentence());
    }

    /**
     * What was done and said about the key, and about its user where it is about no key; newest first, the creation last.
     *
     * @param entries what the journal has of the user, oldest first
     */
    public static List<Moment> past(Finding finding, List<Entry> entries) {
        CredentialId id = finding.credential();
        List<Moment> past = new ArrayList<>();
        for (Entry entry : entries) {
            if (concerns(entry, id) && Moment.tells(entry)) {
                past.add(Moment.of(entry, false));
            }
        }
        Collections.reverse(past);
        if (finding.lastUse() instanceof LastUse.Used used) {
            insert(
                    past,
                    Moment.of(
                            used.at(),
                            "healthy",
                            "Last use that AWS tells: " + Safe.text(used.service()),
                            Safe.text(used.region())));
        }
        if (id.created() != null) {
            past.add(Moment.of(
                    id.created(),
                    "healthy",
                    "Created",
                    ReportDates.minute(id.created()).substring(11)));
        }
        return past;
    }

    private static boolean concerns(Entry entry, CredentialId id) {
        return entry.target() == null
                || entry.target().key() == null
                || entry.target().key().equals(id.keyId());
    }

    private static void insert(List<Moment> newestFirst, Moment moment) {
        int at = 0;
        while (at < newestFirst.size() && newestFirst.get(at).date().compareTo(moment.date()) > 0) {
            at++;
        }
        newestFirst.add(at, moment);
    }
}
