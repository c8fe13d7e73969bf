package io.keyturn.core.plan;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Step;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An action as a plan keeps it: what is done to which key of which user, so exactly that the same one can be found again.
 *
 * @param key the key; its ID alone names it
 * @param owner who is told, or gets the ticket; null where that is nobody, or nobody is told
 * @param announced the step that is announced; null where none is
 * @param day the day announced for it, UTC
 * @param sink where a secret goes; null where none does
 */
public record Planned(
        Verb verb,
        AccountId account,
        UserId user,
        UserName name,
        KeyId key,
        @Nullable String owner,
        @Nullable Step announced,
        @Nullable LocalDate day,
        @Nullable String sink) {
    /** The action; empty where it is about the root user, or a key whose ID is not known: no plan can name these. */
    public static Optional<Planned> of(Action action) {
        KeyId key = action.credential().keyId();
        if (key == null || !(action.credential().principal() instanceof Principal.OfUser user)) {
            return Optional.empty();
        }
        Owner owner = null;
        Deadline announced = null;
        if (action instanceof Action.Remind remind) {
            owner = remind.owner();
            announced = remind.announced();
        } else if (action instanceof Action.OpenTicket ticket) {
            owner = ticket.owner();
            announced = ticket.announced();
        }
        return Optional.of(new Planned(
                action.kind(),
                action.credential().account(),
                user.id(),
                user.name(),
                key,
                owner == null ? null : owner.name(),
                announced == null ? null : announced.step(),
                announced == null ? null : LocalDate.ofInstant(announced.at(), ZoneOffset.UTC),
                action instanceof Action.DeliverSecret deliver ? deliver.sink() : null));
    }

    /** Whether {@code now} is the same, or differs by announcing a later day alone, which shortens nobody's time. */
    public boolean isStill(Planned now) {
        LocalDate later = now.day;
        boolean notEarlier = day == null || later == null ? day == null && later == null : !later.isBefore(day);
        return isLike(now)
                && notEarlier
                && name.equals(now.name)
                && Objects.equals(owner, now.owner)
                && announced == now.announced
                && Objects.equals(sink, now.sink);
    }

    /** Whether both do the same to the same key, whatever they tell whom. */
    public boolean isLike(Planned other) {
        return verb == other.verb && account.equals(other.account) && user.equals(other.user) && key.equals(other.key);
    }
}
