package io.keyturn.core.report;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.Standing;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A key in the list of keys.
 *
 * @param account the account's name
 * @param next what comes next for it; null where no step is to come
 */
public record Attention(
        Finding finding, String account, @Nullable Scheduled next) {
    private static final Duration SOON = Duration.ofDays(7);

    /**
     * Leaked first, then by day, standing, account and user. Not by the second: dates counted from the run's instant
     * differ by as much as accounts took to read.
     *
     * @param zone of the days
     */
    public static Comparator<Attention> order(ZoneId zone) {
        return Comparator.comparing((Attention a) -> a.finding().standing() != Standing.LEAKED)
                .thenComparing(a -> a.day(zone))
                .thenComparing(a -> a.finding().standing())
                .thenComparing(Attention::account)
                .thenComparing(a -> a.finding().credential().principal().display())
                .thenComparing(a -> String.valueOf(a.finding().credential().created()));
    }

    private LocalDate day(ZoneId zone) {
        Instant at = at();
        if (at == null) {
            return LocalDate.MAX;
        }
        return at.equals(Instant.MIN) ? LocalDate.MIN : LocalDate.ofInstant(at, zone);
    }

    /** Whether somebody must decide something within a week. */
    public boolean needsDecision(Instant now) {
        Standing standing = finding.standing();
        if (standing == Standing.LEAKED || standing == Standing.EXPIRED) {
            return true;
        }
        return next != null && !next.step().speaksOnly() && !next.at().isAfter(now.plus(SOON));
    }

    /** What is to be done, as a verb. */
    public String todo() {
        if (finding.reasons().stream().anyMatch(Reason.RootKey.class::isInstance)) {
            return "delete";
        }
        if (finding.standing() == Standing.EXPIRED) {
            if (next == null || next.step().speaksOnly()) {
                if (finding.reasons().stream().anyMatch(Reason.TwoKeys.class::isInstance)) {
                    return "choose key";
                }
                if (finding.reasons().stream().anyMatch(Reason.NoOwner.class::isInstance)) {
                    return "name owner";
                }
            }
            return next == null ? "decide" : word(next.step());
        }
        if (finding.standing() == Standing.UNKNOWN) {
            return "read again";
        }
        return next == null ? "–" : word(next.step());
    }

    /** By when; null where nothing is to come. What is overdue with no step of its policy to come is for now. */
    public @Nullable Instant at() {
        if (next != null) {
            return next.at();
        }
        return finding.standing() == Standing.EXPIRED ? Instant.MIN : null;
    }

    private static String word(Step step) {
        return step.label();
    }
}
