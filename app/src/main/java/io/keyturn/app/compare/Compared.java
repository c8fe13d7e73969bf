package io.keyturn.app.compare;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One act, as the tool left it and as Keyturn would have.
 *
 * @param user as people know it
 * @param key null where the act is about the user as a whole, or the key's ID is not known
 * @param tool what the tool did, by its traces
 * @param keyturn what Keyturn does about it, and why
 */
public record Compared(String user, @Nullable KeyId key, Act act, Verdict verdict, String tool, String keyturn) {
    /** What differs first, then by user. */
    static final Comparator<Compared> ORDER = Comparator.comparing(Compared::verdict)
            .thenComparing(Compared::user)
            .thenComparing(one -> one.key() == null ? "" : one.key().value())
            .thenComparing(Compared::act);

    static Compared of(CredentialId credential, Act act, Verdict verdict, String tool, String keyturn) {
        return new Compared(credential.principal().display(), credential.keyId(), act, verdict, tool, keyturn);
    }
}
