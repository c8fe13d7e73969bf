package io.keyturn.engine.journal;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;

/** Credentials to ask an account's past about. */
final class Pasts {
    /** The root user's key. */
    static final CredentialId ROOT = new CredentialId(
            CredentialId.Kind.ACCESS_KEY, JournalSamples.ACCOUNT, Principal.ROOT, 1, null, JournalSamples.NOON);

    private Pasts() {}

    static CredentialId credential(Target target) {
        return new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                target.account(),
                new Principal.OfUser(target.name(), target.user(), "arn:aws:iam::111122223333:user/" + target.name()),
                null,
                target.key(),
                JournalSamples.NOON);
    }
}
