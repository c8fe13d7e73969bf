package io.keyturn.core.assess;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import java.time.Instant;
import java.util.Comparator;

/** The order of credentials everywhere: root first, then by user name, creation, slot and key ID. */
public final class CredentialOrder {
    private static final Comparator<Instant> INSTANTS = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<Integer> SLOTS = Comparator.nullsFirst(Comparator.naturalOrder());
    private static final Comparator<KeyId> IDS = Comparator.nullsFirst(Comparator.naturalOrder());

    /** Keys of one user. */
    static final Comparator<AccessKey> KEYS = Comparator.comparing(AccessKey::created)
            .thenComparing(AccessKey::slot, SLOTS)
            .thenComparing(AccessKey::id, IDS);

    /** Users of one account. */
    static final Comparator<User> USERS =
            Comparator.comparing(User::name).thenComparing(user -> user.id().value());

    /** Credentials of any accounts. */
    public static final Comparator<CredentialId> CREDENTIALS = Comparator.comparing(CredentialId::account)
            .thenComparing(CredentialId::principal, CredentialOrder::comparePrincipals)
            .thenComparing(CredentialId::created, INSTANTS)
            .thenComparing(CredentialId::slot, SLOTS)
            .thenComparing(CredentialId::keyId, IDS);

    private CredentialOrder() {}

    private static int comparePrincipals(Principal a, Principal b) {
        return switch (a) {
            case Principal.Root() -> b instanceof Principal.Root ? 0 : -1;
            case Principal.OfUser left ->
                switch (b) {
                    case Principal.Root() -> 1;
                    case Principal.OfUser right -> compareUsers(left, right);
                };
        };
    }

    private static int compareUsers(Principal.OfUser a, Principal.OfUser b) {
        int byName = a.name().compareTo(b.name());
        return byName != 0 ? byName : a.id().value().compareTo(b.id().value());
    }
}
