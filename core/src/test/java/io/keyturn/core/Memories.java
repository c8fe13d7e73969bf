package io.keyturn.core;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A history that remembers the same of every key. */
public record Memories(
        List<Told> told,
        @Nullable Instant lastSpoken,
        @Nullable Instant inactiveSince,
        @Nullable Hold hold) implements History {
    public static Memories of(Told... told) {
        return new Memories(List.of(told), null, null, null);
    }

    public Memories inactiveSince(Instant since) {
        return new Memories(told, lastSpoken, since, hold);
    }

    public Memories held(Hold other) {
        return new Memories(told, lastSpoken, inactiveSince, other);
    }

    public Memories spoken(Instant at) {
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
