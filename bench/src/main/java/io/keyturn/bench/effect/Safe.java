package io.keyturn.bench.effect;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where new secrets lie until they are taken away again. */
final class Safe implements SecretSink, SecretSinks {
    private final Set<String> held = new HashSet<>();

    synchronized boolean holds(String key) {
        return held.contains(key);
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
    public synchronized Answer deliver(Address address, Parcel parcel) {
        held.add(parcel.key().value());
        return confirmed(address);
    }

    @Override
    public synchronized Answer clear(Address address, KeyId key) {
        held.remove(key.value());
        return confirmed(address);
    }

    private static Answer confirmed(Address address) {
        return new Answer.Confirmed(Evidence.READ_BACK, "safe of " + address.name(), List.of());
    }

    @Override
    public void close() {
        // It is kept for the next run.
    }
}
