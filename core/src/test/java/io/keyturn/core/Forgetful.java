package io.keyturn.core;

import static io.keyturn.core.Samples.ago;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Told;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A past in which owners were told a day ago of nothing that counts, for tests to add to. */
public interface Forgetful extends History {
    @Override
    default List<Told> told(CredentialId credential) {
        return List.of();
    }

    @Override
    default @Nullable Instant lastSpoken(CredentialId credential) {
        return ago(1);
    }

    @Override
    default @Nullable Instant inactiveSince(CredentialId credential) {
        return null;
    }

    @Override
    default List<Hold> holds(CredentialId credential, Instant now) {
        return List.of();
    }
}
