package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key that reads as working although Keyturn had switched it off: somebody needs it and did not go by Keyturn to have it
 * back, or what was read is older than that. It is held like one that is frozen, until a person thaws it; and what was
 * announced before has happened, and counts no more.
 */
public final class SwitchedOnAgain {
    private SwitchedOnAgain() {}

    /** When a key that is held for this was switched off; null where it is not held. */
    public static @Nullable Instant heldSince(History history, Finding finding) {
        Instant off = since(history, finding);
        return off == null || history.wasThawed(finding.credential(), off) ? null : off;
    }

    /** When it had been switched off; null where that is not so. */
    private static @Nullable Instant since(History history, Finding finding) {
        return Boolean.TRUE.equals(finding.active())
                        && history.openBrownout(finding.credential().keyId()) == null
                ? history.inactiveSince(finding.credential())
                : null;
    }

    /** All that holds the key back now, that among it. */
    public static List<Hold> holds(History history, Finding finding, Instant now) {
        List<Hold> holds = history.holds(finding.credential(), now);
        Instant off = heldSince(history, finding);
        if (off == null) {
            return holds;
        }
        List<Hold> all = new ArrayList<>(holds);
        all.add(new Hold(
                false,
                // A credential report may be hours older than that.
                "Keyturn switched it off on " + LocalDate.ofInstant(off, ZoneOffset.UTC)
                        + "; if it works again, somebody switched it on: ask why, and thaw it where it may go off",
                null));
        return all;
    }

    /** The same as one; null where nothing does. */
    static @Nullable Hold hold(History history, Finding finding, Instant now) {
        return Hold.together(holds(history, finding, now));
    }

    /** Of what was told of the key, that which counts still. */
    static List<Told> counting(History history, Finding finding, List<Told> told) {
        Instant off = since(history, finding);
        return off == null
                ? told
                : told.stream().filter(one -> one.at().isAfter(off)).toList();
    }
}
