package io.keyturn.core.plan;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which of the tickets on record are over: their key is well, switched off or gone. */
final class TicketEnds {
    private final boolean whole;
    private final Map<KeyId, Finding> byKey = new HashMap<>();
    private final Set<UserId> withUnknownKeys = new HashSet<>();

    private TicketEnds(List<Finding> findings, boolean whole) {
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

    /**
     * The closing of each that is over.
     *
     * @param findings one for every key of the account
     * @param whole whether all of the account was read: else what is not there may only not have been read
     */
    static List<Action> of(List<OpenedTicket> tickets, List<Finding> findings, boolean whole) {
        if (tickets.isEmpty()) {
            return List.of();
        }
        TicketEnds ends = new TicketEnds(findings, whole);
        return tickets.stream().map(ends::end).flatMap(Optional::stream).toList();
    }

    private Optional<Action> end(OpenedTicket ticket) {
        KeyId key = ticket.target().key();
        Finding finding = key == null ? null : byKey.get(key);
        if (finding != null) {
            return Optional.ofNullable(Settled.of(finding))
                    .map(settled -> new Action.CloseTicket(
                            finding.credential(), finding.reasons(), ticket.reference(), settled));
        }
        // A key of the user whose ID is not known may be the one.
        return whole && !withUnknownKeys.contains(ticket.target().user())
                ? Optional.of(
                        new Action.CloseTicket(gone(ticket.target()), List.of(), ticket.reference(), Settled.GONE))
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
