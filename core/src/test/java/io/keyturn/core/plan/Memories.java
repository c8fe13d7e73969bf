package io.keyturn.core.plan;

import io.keyturn.core.model.CredentialId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A history that remembers the same of every key. */
record Memories(
        List<Told> told,
        @Nullable Instant lastSpoken,
        @Nullable Instant inactiveSince,
        @Nullable Hold hold) implements History {
    static Memories of(Told... told) {
        return new Memories(List.of(told), null, null, null);
    }

    Memories inactiveSince(Instant since) {
        return new Memories(told, lastSpoken, since, hold);
    }

    Memories held(Hold other) {
        return new Memories(told, lastSpoken, inactiveSince, other);
    }

    Memories spoken(Instant at) {
        return new Memories(told, at, inactiveSince, hold);
    }

    @Override
    public List<Told> told(CredentialId credential) {
        return told;
    }

    @Override
    public @Nullable Instant lastSpoken(CredentialId credential) {
        return lastSpoken;
    }

    @Override
    public @Nullable Instant inactiveSince(CredentialId credential) {
        return inactiveSince;
    }

    @Override
    public List<Hold> holds(CredentialId credential, Instant now) {
        return hold != null && hold.holdsAt(now) ? List.of(hold) : List.of();
    }
}
