package io.keyturn.engine.port;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Needs;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads one account. */
public interface AccountReader {
    /**
     * Starts whatever takes AWS time, such as the credential report, and keeps nothing but credentials.
     *
     * @throws ReadFailure where the account cannot be read at all
     */
    AccountReading begin(Needs needs) throws ReadFailure, InterruptedException;

    /** Path of its organizational unit, where that is known before the account is read. */
    default Fact<String> unit() {
        return Fact.notRead();
    }

    /**
     * The account with one user alone, its keys known by their IDs; empty where there is no user of that name. An adapter
     * that can ask for one user reads no other.
     *
     * @throws ReadFailure where it cannot be told whether there is such a user
     */
    default Optional<Snapshot> only(UserName name, Needs needs) throws ReadFailure, InterruptedException {
        AccountReading reading = begin(needs);
        reading.awaitReady();
        Snapshot whole = reading.read();
        for (User user : whole.users()) {
            if (user.name().equals(name)) {
                return Optional.of(reading.identify(whole.with(List.of(user)), Set.of(user.id())));
            }
        }
        return Optional.empty();
    }
}
