package io.keyturn.core.assess;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which of one user's keys Keyturn made to take the place of which, as far as their rotations are not over. */
final class Lineage {
    private final List<AccessKey> keys;
    private final Successions successions;

    Lineage(List<AccessKey> keys, Successions successions) {
        this.keys = keys;
        this.successions = successions;
    }

    /** That Keyturn made the key and its secret is not known to have been delivered; else null. */
    Reason.@Nullable Undelivered undelivered(AccessKey key) {
        Succession made = made(key);
        return made != null && made.delivery() == null
                ? new Reason.Undelivered(made.old(), Succession.mayBeHeld(key.created(), key.lastUse()))
                : null;
    }

    /**
     * That the key's successor is delivered and works; else null.
     *
     * @param tried whether Keyturn tried it
     */
    Reason.@Nullable Succeeded succeeded(AccessKey key, boolean tried) {
        Succession begun = begun(key);
        if (begun == null || begun.delivery() == null) {
            return null;
        }
        AccessKey successor = find(begun.successor());
        if (successor == null ? !isFromBefore(key, begun) : !successor.active()) {
            return null;
        }
        return new Reason.Succeeded(
                begun.successor(),
                begun.delivery().at(),
                begun.delivery().place(),
                successor != null && begun.isInstalled(successor.lastUse(), tried));
    }

    /** Whether the keys are those of a time before the rotation, as in a credential report that AWS made hours ago. */
    private static boolean isFromBefore(AccessKey key, Succession begun) {
        return key.asOf().isBefore(begun.made());
    }

    /** That somebody else deleted the key's successor or switched it off; else null. */
    Reason.@Nullable SuccessorLost lost(AccessKey key) {
        Succession begun = begun(key);
        return begun != null && begun.delivery() != null && succeeded(key, true) == null
                ? new Reason.SuccessorLost(begun.successor(), find(begun.successor()) == null)
                : null;
    }

    /** That the key takes the place of one that still works; else null. */
    Reason.@Nullable SuccessorOf successor(AccessKey key) {
        Succession made = made(key);
        AccessKey old = made == null ? null : find(made.old());
        return made != null && old != null && old.active() ? new Reason.SuccessorOf(made.old()) : null;
    }

    /** That the key took the place of one that is switched off and not deleted yet; else null. */
    Reason.@Nullable PredecessorRemains predecessor(AccessKey key) {
        Succession made = made(key);
        AccessKey old = made == null ? null : find(made.old());
        return made != null && old != null && !old.active() ? new Reason.PredecessorRemains(made.old()) : null;
    }

    private @Nullable Succession begun(AccessKey key) {
        return key.id() == null ? null : successions.of(key.id());
    }

    private @Nullable Succession made(AccessKey key) {
        return key.id() == null ? null : successions.by(key.id());
    }

    private @Nullable AccessKey find(KeyId id) {
        return keys.stream()
                .filter(key -> Objects.equals(key.id(), id))
                .findFirst()
                .orElse(null);
    }
}
