package io.keyturn.engine.message;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.trail.KeyUses;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one key.
 *
 * @param id names it, the same when it is told again
 * @param user as read right before
 * @param announced the next step that changes the key, with its date; null where none is in sight
 * @param ticket the open ticket about the key; null where there is none
 * @param settled why nobody need do anything about the key any more; null where somebody must
 * @param uses where the key is used from; not read where nobody was asked
 */
public record Notice(
        String id,
        Account account,
        User user,
        Finding finding,
        Owner owner,
        @Nullable Deadline announced,
        @Nullable Ticket ticket,
        @Nullable Settled settled,
        Fact<KeyUses> uses) {
    /**
     * A ticket.
     *
     * @param reference as people name it, such as {@code OPS-42}
     * @param address where they open it
     */
    public record Ticket(String reference, URI address) {}

    /** Of a key that nobody was asked about where it is used from. */
    public Notice(
            String id,
            Account account,
            User user,
            Finding finding,
            Owner owner,
            @Nullable Deadline announced,
            @Nullable Ticket ticket,
            @Nullable Settled settled) {
        this(id, account, user, finding, owner, announced, ticket, settled, Fact.notRead());
    }

    /** Without a ticket. */
    public Notice(String id, Account account, User user, Finding finding, Owner owner, @Nullable Deadline announced) {
        this(id, account, user, finding, owner, announced, null, null);
    }

    /** That nobody need do anything about the key any more. */
    public static Notice of(Settled settled, String id, Account account, User user, Finding finding, Owner owner) {
        return new Notice(id, account, user, finding, owner, null, null, settled);
    }

    /** The same, with where the key is used from. */
    public Notice from(Fact<KeyUses> places) {
        return new Notice(id, account, user, finding, owner, announced, ticket, settled, places);
    }
}
