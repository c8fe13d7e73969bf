package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the owner of a key was told and did nothing, for so long that somebody else is to hear of it. */
public final class Silence {
    private Silence() {}

    /**
     * When the silence began.
     *
     * @param announced what is said to come; null where nothing is
     * @return empty where the owner answered, has time left, or is asked for nothing
     */
    public static Optional<Instant> since(
            @Nullable Escalation escalation,
            Finding finding,
            @Nullable Deadline announced,
            History history,
            Instant now) {
        // Whoever gets a new key on a day that was told need do nothing before.
        if (escalation == null
                || (announced != null
                        && announced.step() == Step.ROTATE
                        && announced.at().isAfter(now))) {
            return Optional.empty();
        }
        Instant answered = history.answered(finding.credential());
        return words(finding, history).stream()
                .filter(word -> answered == null || word.isAfter(answered))
                .findFirst()
                .filter(first -> !first.plus(escalation.after()).isAfter(now));
    }

    /** When the owner was told of the key as it stands now, oldest first. */
    static List<Instant> words(Finding finding, History history) {
        Instant from = standsSince(finding);
        List<Instant> all = history.spoken(finding.credential());
        return from.equals(Instant.MIN)
                ? all
                : all.stream().filter(word -> !word.isBefore(from)).toList();
    }

    /** What was said before was said of another state: without a successor, or before it was used again. */
    private static Instant standsSince(Finding finding) {
        boolean idleAlone = !finding.reasons().isEmpty();
        for (Reason reason : finding.reasons()) {
            if (reason instanceof Reason.Succeeded succeeded) {
                return succeeded.delivered();
            }
            idleAlone &= reason instanceof Reason.NearIdle
                    || reason instanceof Reason.PastIdle
                    || reason instanceof Reason.Brownouts;
        }
        return idleAlone && finding.lastUse() instanceof LastUse.Used used ? used.at() : Instant.MIN;
    }
}
