package io.keyturn.app.demo;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sink of the simulated organization. Once, for each of the users named to it, the process dies in it. */
final class DemoSafe implements SecretSink, SecretSinks {
    private final Map<KeyId, Secret> held = new HashMap<>();
    private final Set<String> dying;

    /** @param dying users at whose first delivery the process dies; emptied as it does */
    DemoSafe(Set<String> dying) {
        this.dying = dying;
    }

    /** The process is gone in the middle of a run: nothing of the engine catches this. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
        private final String user;

        Crash(String user) {
            super("the process died", null, false, false);
            this.user = user;
        }

        String user() {
            return user;
        }
    }

    @Override
    public SecretSink open(Account account, Rotation rotation) {
        return this;
    }

    @Override
    public Answer prove(Address address) {
        return confirmed(address);
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) {
        String user = address.name().value();
        if (dying.remove(user)) {
            throw new Crash(user);
        }
        held.put(parcel.key(), parcel.secret());
        return confirmed(address);
    }

    @Override
    public Answer clear(Address address, KeyId key) {
        held.remove(key);
        return confirmed(address);
    }

    private static Answer confirmed(Address address) {
        return new Answer.Confirmed(Evidence.READ_BACK, "simulated safe of " + address.name(), List.of());
    }

    @Override
    public void close() {
        // It is kept for the next run.
    }
}
