package io.keyturn.core.forecast;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the planner comes to, day by day, if owners do as they are taken to.
 *
 * @param days how many days were gone through, one run each
 * @param keys how many keys there were at the beginning
 * @param weeks the sums of seven days each, the last one of those that are left
 * @param events everything that happened to a key, in order
 */
public record Forecast(Instant from, int days, int keys, int overdueNow, List<Week> weeks, List<Event> events) {
    public Forecast {
        weeks = List.copyOf(weeks);
        events = List.copyOf(events);
    }

    /** What happens to a key. */
    public enum What {
        /** Its owner is told. */
        NOTICE("notice"),
        /** A ticket is filed. */
        TICKET("ticket"),
        /** A successor is made and delivered. */
        ROTATE("rotate"),
        /** Its owner puts the successor to use. */
        INSTALL("install"),
        /** Its owner replaces it by hand, or removes it. */
        REPLACE("replace"),
        /** It is switched off for a while. */
        BROWNOUT("brownout"),
        /** It is switched off. */
        DEACTIVATE("deactivate"),
        /** It is removed. */
        DELETE("delete");

        private final String label;

        What(String label) {
            this.label = label;
        }

        /** The word for people and machines. */
        public String label() {
            return label;
        }
    }

    /**
     * One thing that happens.
     *
     * @param created tells the user's keys apart
     * @param lastFour of the key's ID; null where it is not known
     * @param owner null where nobody is known to own it
     * @param policy the one that governs it; null where none is known to
     */
    public record Event(
            Instant at,
            What what,
            AccountId account,
            String accountName,
            UserName user,
            @Nullable Instant created,
            @Nullable String lastFour,
            @Nullable String owner,
            @Nullable String policy) {}

    /**
     * The days from one to the next of its kind.
     *
     * @param first the instant of its first run
     * @param counts what happened to keys
     * @param messages what went out to owners: one to each a day, however many keys it is about
     * @param deferred the most steps that a cap put off at any run of it, by cap, such as {@code deactivate per-account}
     * @param overdue working keys past a limit when it ends
     */
    public record Week(
            Instant first, Map<What, Integer> counts, int messages, Map<String, Integer> deferred, int overdue) {
        public Week {
            counts = Map.copyOf(counts);
            deferred = Map.copyOf(deferred);
        }

        /** How often that happened. */
        public int count(What what) {
            return counts.getOrDefault(what, 0);
        }
    }

    /** How often that happens in all. */
    public int total(What what) {
        return weeks.stream().mapToInt(week -> week.count(what)).sum();
    }

    /** Messages to owners in all. */
    public int messages() {
        return weeks.stream().mapToInt(Week::messages).sum();
    }

    /** Working keys past a limit at the end. */
    public int overdueAtEnd() {
        return weeks.isEmpty() ? overdueNow : weeks.getLast().overdue();
    }
}
