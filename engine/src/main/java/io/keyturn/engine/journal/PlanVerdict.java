package io.keyturn.engine.journal;

import io.keyturn.core.plan.Approved;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people said of a plan as a whole.
 *
 * @param approved who approved it since it was last refused, and is still heard
 * @param refused the last refusal of what it changes; null where there is none
 * @param overruled whether somebody approved the plan after that refusal, so that people are asked for it again
 */
public record PlanVerdict(List<Approved> approved, Entry.@Nullable Decision refused, boolean overruled) {
    /** Nobody said anything. */
    public static final PlanVerdict NONE = new PlanVerdict(List.of(), null, false);

    public PlanVerdict {
        approved = List.copyOf(approved);
    }

    /**
     * Reads it. What is said of a plan is said of what it changes: it holds for a later plan with the same changes too,
     * whatever that one says to people.
     *
     * @param hash of the plan
     * @param changes fingerprint of what it changes; null where it is not known
     */
    public static PlanVerdict of(JournalStore store, String hash, @Nullable String changes, Instant now)
            throws StoreFailure {
        List<Approved> approved = new ArrayList<>();
        Entry.Decision[] refused = {null};
        boolean[] overruled = {false};
        AccountJournal.open(store, Streams.ORGANIZATION, entry -> {
            if (!(entry instanceof Entry.Decision decision)
                    || !(decision.scope() instanceof Scope.OfPlan(String plan))) {
                return;
            }
            switch (decision.kind()) {
                case APPROVE -> {
                    boolean same = plan.equals(hash) || isOf(changes, decision);
                    Entry.Decision last = refused[0];
                    overruled[0] |= last != null && (same || decision.scope().equals(last.scope()));
                    if (same && (decision.until() == null || now.isBefore(decision.until()))) {
                        approved.add(
                                new Approved(decision.by(), decision.stamp().at()));
                    }
                }
                case REFUSE -> {
                    if (plan.equals(hash) || isOf(changes, decision)) {
                        approved.clear();
                        refused[0] = decision;
                        overruled[0] = false;
                    }
                }
                default -> {
                    // Said of something else.
                }
            }
        });
        return new PlanVerdict(approved, refused[0], overruled[0]);
    }

    private static boolean isOf(@Nullable String changes, Entry.Decision decision) {
        return changes != null && changes.equals(decision.value());
    }

    /** The refusal that holds; null where none does. */
    public Entry.@Nullable Decision refusal() {
        return overruled ? null : refused;
    }

    /** Whether what was approved then, of a step by itself, was approved after all that was refused. */
    public boolean hears(Approved step) {
        return refused == null || step.at().isAfter(refused.stamp().at());
    }
}
