package io.keyturn.engine.tell;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import io.keyturn.engine.port.LiveAccounts;
import io.keyturn.engine.port.ReadFailure;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at a user's keys as AWS shows them now; what cannot be read may work. */
public final class StillWorks implements Watch.Look {
    private static final Needs KEYS = new Needs(EnumSet.of(FactName.KEYS), Needs.Identify.ALL);

    private final LiveAccounts accounts;

    public StillWorks(LiveAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public boolean stillWork(Account account, Principal.OfUser user, Set<KeyId> keys) throws InterruptedException {
        try {
            Optional<User> now = accounts.open(account).user(user.name(), KEYS);
            return now.isPresent()
                    && (!(now.get().keys() instanceof Fact.Known<List<AccessKey>> known)
                            || known.value().stream()
                                    .anyMatch(key -> key.active() && (keys.isEmpty() || keys.contains(key.id()))));
        } catch (ReadFailure e) {
            return true;
        }
    }
}
