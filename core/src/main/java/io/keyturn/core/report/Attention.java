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
        if (has(Reason.RootKey.class)) {
            return "delete";
        }
        if (finding.standing() == Standing.EXPIRED) {
            String asked = asked();
            return asked != null ? asked : next == null ? "decide" : word(next.step());
        }
        if (finding.standing() == Standing.UNKNOWN) {
            return "read again";
        }
        return next == null ? "–" : word(next.step());
    }

    /**
     * What a person must say before the step that is overdue can come; null where it comes without. A key past its age
     * whose successor cannot be made waits for that, whatever its idle limit has in store for some later day.
     */
    private @Nullable String asked() {
        if (next != null && isOverdue(next.step())) {
            return null;
        }
        if (has(Reason.TwoKeys.class)) {
            return "choose key";
        }
        return has(Reason.NoOwner.class) ? "name owner" : null;
    }

    /** Whether a limit that is passed has that step on its ladder; a rotation waits for the owner all the same. */
    private boolean isOverdue(Step step) {
        return !step.speaksOnly()
                && step != Step.ROTATE
                && finding.deadlines().stream()
                        .anyMatch(deadline -> deadline.step() == step
                                && has(deadline.limit().equals("age") ? Reason.PastAge.class : Reason.PastIdle.class));
    }

    /**
     * What somebody has to decide, a verb first. Where the stage of the account keeps Keyturn from the step, nothing
     * waits for approval: a person takes it.
     */
    public String decision() {
        if (has(Reason.RootKey.class)) {
            return "Delete the key of the root user";
        }
        String asked = finding.standing() == Standing.EXPIRED ? asked() : null;
        if (asked != null) {
            return has(Reason.TwoKeys.class) ? "Choose which of the two keys goes" : "Name an owner";
        }
        if (next == null || next.step().speaksOnly()) {
            return "Decide what becomes of it";
        }
        if (finding.reasons().stream()
                .anyMatch(reason -> reason instanceof Reason.Succeeded succeeded && !succeeded.installed())) {
            return "See that the new key is installed";
        }
        boolean own = next.heldBy() == null;
        return switch (next.step()) {
            case ROTATE -> own ? "Approve the rotation" : "Rotate it";
            case DEACTIVATE -> own ? "Approve the deactivation" : "Deactivate it";
            case DELETE -> own ? "Approve the deletion" : "Delete it";
            case REMIND, TICKET -> "Decide what becomes of it";
        };
    }

    private boolean has(Class<? extends Reason> kind) {
        return finding.reasons().stream().anyMatch(kind::isInstance);
    }

    /** By when; null where nothing is to come. What is overdue and waits for a person is for now. */
    public @Nullable Instant at() {
        if (finding.standing() == Standing.EXPIRED && (next == null || asked() != null)) {
            return Instant.MIN;
        }
        return next == null ? null : next.at();
    }

    private static String word(Step step) {
        return step.label();
    }
}
