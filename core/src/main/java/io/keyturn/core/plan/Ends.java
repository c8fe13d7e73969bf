package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of the tickets and notices on record are over: their key is well, switched off or gone. */
final class Ends {
    private final boolean whole;
    private final Map<KeyId, Finding> byKey = new HashMap<>();
    private final Set<UserId> withUnknownKeys = new HashSet<>();

    /**
     * @param findings one for every key of the account
     * @param whole whether all of the account was read: else what is not there may only not have been read
     */
    Ends(List<Finding> findings, boolean whole) {
        this.whole = whole;
        for (Finding finding : findings) {
            KeyId key = finding.credential().keyId();
            if (key != null) {
                byKey.put(key, finding);
            } else if (finding.credential().principal() instanceof Principal.OfUser user) {
                withUnknownKeys.add(user.id());
            }
        }
    }

    /** The closing of each ticket that is over. */
    List<Action> of(List<OpenedTicket> tickets) {
        return tickets.stream()
                .flatMap(ticket -> of(ticket.target()).stream()
                        .<Action>map(end -> new Action.CloseTicket(
                                end.credential(), end.reasons(), ticket.reference(), end.settled())))
                .toList();
    }

    /** The closing of each notice that is over and of which somebody is to hear. */
    List<Action> of(List<OpenNotice> notices, Instant now) {
        return notices.stream()
                .flatMap(notice ->
                        of(notice.target()).filter(end -> notice.endsWith(end.settled(), now) && !leaked(end)).stream())
                .<Action>map(end -> new Action.CloseNotice(end.credential(), end.reasons(), end.settled()))
                .toList();
    }

    /** A key that was in others' hands is off, and there is still much to do about it. */
    private static boolean leaked(End end) {
        return end.reasons().stream().anyMatch(Reason::isLeak);
    }

    private record End(CredentialId credential, List<Reason> reasons, Settled settled) {}

    private Optional<End> of(Target target) {
        KeyId key = target.key();
        Finding finding = key == null ? null : byKey.get(key);
        if (finding != null && finding.reasons().stream().anyMatch(Reason.InBrownout.class::isInstance)) {
            return Optional.empty();
        }
        if (finding != null) {
            return Optional.ofNullable(Settled.of(finding))
                    .map(settled -> new End(finding.credential(), finding.reasons(), settled));
        }
        // A key of the user whose ID is not known may be the one.
        return whole && !withUnknownKeys.contains(target.user())
                ? Optional.of(new End(gone(target), List.of(), Settled.GONE))
                : Optional.empty();
    }

    /** The key as far as it is remembered; the user may be gone with it. */
    private static CredentialId gone(Target target) {
        return new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                target.account(),
                new Principal.OfUser(target.name(), target.user(), ""),
                null,
                target.key(),
                null);
    }
}
