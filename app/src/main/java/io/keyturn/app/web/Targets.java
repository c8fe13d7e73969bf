package io.keyturn.app.web;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;

/** Whom an act of a person is about. */
final class Targets {
    private Targets() {}

    /**
     * The key, exactly.
     *
     * @throws Denied where it is of the root user, or its ID is not known: nothing can be decided about that here
     */
    static Target of(CredentialId id) throws Denied {
        if (!(id.principal() instanceof Principal.OfUser user)) {
            throw new Denied(
                    409, "Not here", "Nothing is decided about keys of the root user: delete that key in AWS.");
        }
        if (id.keyId() == null) {
            throw new Denied(
                    409,
                    "The key is not known well enough",
                    "Its ID was not needed so far, so nothing can be decided about it alone. Decide about its user.");
        }
        return new Target(id.account(), user.id(), user.name(), id.keyId());
    }

    /** Its user as a whole. */
    static Target ofUser(CredentialId id) throws Denied {
        if (!(id.principal() instanceof Principal.OfUser user)) {
            throw new Denied(409, "Not here", "Nothing is decided about the root user here: delete that key in AWS.");
        }
        return new Target(id.account(), user.id(), user.name(), null);
    }
}
