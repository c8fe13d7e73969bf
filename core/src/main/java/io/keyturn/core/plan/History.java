package io.keyturn.core.plan;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.assess.Successions;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the planner knows of the past. What is not remembered did not happen: it can only make a step later. */
public interface History extends Successions {
    /** The notices about the key that were placed where its owner finds them, oldest first. */
    List<Told> told(CredentialId credential);

    /** All notices about the key that went out and did not come back, placed or not, oldest first. */
    default List<Told> said(CredentialId credential) {
        return told(credential);
    }

    /** Who approved that step of the key, where the approval is still heard. */
    default List<Approved> approvals(CredentialId credential, Step step, Instant now) {
        return List.of();
    }

    /** When a person last approved that step of the key; null where nobody did. */
    default @Nullable Instant approved(CredentialId credential, Step step, Instant now) {
        return approvals(credential, step, now).stream()
                .map(Approved::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    @Override
    default @Nullable Succession of(KeyId old) {
        return null;
    }

    @Override
    default @Nullable Succession by(KeyId successor) {
        return null;
    }

    @Override
    default boolean concern(UserId user) {
        return false;
    }

    /** The tickets on record as open. */
    default List<OpenedTicket> tickets() {
        return List.of();
    }

    /** The ticket on record as open for the key; null where there is none. */
    default @Nullable OpenedTicket ticket(CredentialId credential) {
        KeyId key = credential.keyId();
        for (OpenedTicket ticket : tickets()) {
            if (key != null && key.equals(ticket.target().key())) {
                return ticket;
            }
        }
        return null;
    }

    /** What was told last of keys, where whoever heard it is to hear of the end too; at most one a key. */
    default List<OpenNotice> notices() {
        return List.of();
    }

    /** When its owner was last told of the key, wherever that went and tickets aside; null where nothing was said. */
    @Nullable
    Instant lastSpoken(CredentialId credential);

    /** Every time its owner was told of the key, wherever that went and tickets aside, oldest first. */
    default List<Instant> spoken(CredentialId credential) {
        Instant last = lastSpoken(credential);
        return last == null ? List.of() : List.of(last);
    }

    /** When a person last decided anything about the key or its user; null where nobody did. */
    default @Nullable Instant answered(CredentialId credential) {
        return null;
    }

    /** Since when the key is recorded to be switched off; null where it is not. */
    @Nullable
    Instant inactiveSince(CredentialId credential);

    /** Whether a person thawed the key or its user after that. */
    default boolean wasThawed(CredentialId credential, Instant after) {
        return false;
    }

    /** What people, or doubts, hold back about the key, its user or its account now; the one that ends last comes first. */
    List<Hold> holds(CredentialId credential, Instant now);

    /** All that holds the key back now, as one; null where nothing does. */
    default @Nullable Hold hold(CredentialId credential, Instant now) {
        return Hold.together(holds(credential, now));
    }

    /** No memory at all: nothing was ever announced. */
    History NONE = new History() {
        @Override
        public List<Told> told(CredentialId credential) {
            return List.of();
        }

        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return null;
        }

        @Override
        public @Nullable Instant inactiveSince(CredentialId credential) {
            return null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return List.of();
        }
    };
}
