package io.keyturn.app.render.html;

import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.core.report.Words;
import java.util.Locale;

/** The names under which sheet and sprite know standings and steps. */
public final class Look {
    private Look() {}

    /** The class of a standing; its mark is {@code #m-} and this. */
    public static String of(Standing standing) {
        return switch (standing) {
            case EXPIRED -> "overdue";
            case WARNED -> "due";
            case LEAKED, ROTATING, UNKNOWN, INACTIVE, EXEMPT, HEALTHY -> standing.label();
        };
    }

    /** The standing as a label. */
    public static String label(Standing standing) {
        return capital(Words.of(standing));
    }

    /** The class of a step; its mark is {@code #m-} and this. */
    public static String of(Step step) {
        return switch (step) {
            case REMIND, TICKET -> "notice";
            case ROTATE -> "rotate";
            case DEACTIVATE -> "off";
            case DELETE -> "del";
        };
    }

    /** The class of what is done; its mark is {@code #m-} and this. */
    public static String of(Verb verb) {
        return switch (verb) {
            case DEACTIVATE -> "off";
            case DELETE -> "del";
            case REMIND, CLOSE_NOTICE, OPEN_TICKET, CLOSE_TICKET -> "notice";
            default -> "rotate";
        };
    }

    /** With a capital at its beginning. */
    public static String capital(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }
}
