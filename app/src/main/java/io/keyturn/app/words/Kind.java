package io.keyturn.app.words;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.message.Notice;
import java.util.Locale;

/** What is to be said of a key; each kind has a template of its name. The most urgent stands first. */
public enum Kind {
    LEAKED,
    /** It was in others' hands, and Keyturn switched it off just now. */
    COMPROMISED,
    /** Its successor is in use and it is too: only a person goes on. */
    CONTESTED,
    /** Its user has two keys, so no successor can be made. */
    TWO_KEYS,
    DELETE,
    DEACTIVATE,
    /** Its successor is in use, and it goes on a day. */
    RETIRE,
    /** Its successor is there to be installed. */
    DELIVERED,
    ROTATE,
    ATTENTION,
    /** It is gone. */
    DELETED,
    /** Nobody need do anything about it any more. */
    SETTLED;

    /** The name of its template, and its word on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a notice is about. */
    public static Kind of(Notice notice) {
        if (notice.settled() != null) {
            return SETTLED;
        }
        Finding finding = notice.finding();
        Deadline announced = notice.announced();
        if (finding.standing() == Standing.LEAKED) {
            return Boolean.FALSE.equals(finding.active()) ? COMPROMISED : LEAKED;
        }
        if (finding.standing() == Standing.INACTIVE) {
            // A key that is switched off is spoken of because it is to be deleted, or was.
            return announced == null ? DELETED : DELETE;
        }
        for (Reason reason : finding.reasons()) {
            if (reason instanceof Reason.Succeeded succeeded) {
                return !succeeded.installed() ? DELIVERED : announced != null ? RETIRE : CONTESTED;
            }
        }
        if (announced == null) {
            boolean two = finding.reasons().stream().anyMatch(Reason.TwoKeys.class::isInstance);
            return two ? TWO_KEYS : ATTENTION;
        }
        return switch (announced.step()) {
            case ROTATE -> ROTATE;
            case DEACTIVATE -> DEACTIVATE;
            case DELETE -> DELETE;
            case REMIND, TICKET -> ATTENTION;
        };
    }
}
