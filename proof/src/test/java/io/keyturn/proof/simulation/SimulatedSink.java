package io.keyturn.proof.simulation;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A sink that keeps what it is given, unless something befalls it on the way. */
final class SimulatedSink implements SecretSink, SecretSinks {
    /** What lies in it: secrets by the IDs of their keys. */
    final Map<String, String> held = new LinkedHashMap<>();
    /** How often that changed. */
    int changes;

    private final Points points;

    SimulatedSink(Points points) {
        this.points = points;
    }

    @Override
    public SecretSink open(Account account, Rotation rotation) {
        return this;
    }

    private Answer call(Address address, Runnable effect) {
        Blow blow = points.meet(Blow.Place.SINK);
        if (Points.takesEffect(blow)) {
            effect.run();
            points.after(blow);
        }
        Problem problem = new Problem("use the sink", address.name().value(), "it was so ordained", "");
        return Points.isWell(blow)
                ? new Answer.Confirmed(Evidence.READ_BACK, "vault/" + address.name(), List.of())
                : blow == Blow.DENIED ? new Answer.Refused(problem) : new Answer.InDoubt(problem);
    }

    @Override
    public Answer prove(Address address) {
        return call(address, () -> {});
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) {
        return call(address, () -> {
            changes++;
            held.put(parcel.key().value(), parcel.secret().reveal());
        });
    }

    @Override
    public Answer clear(Address address, KeyId key) {
        return call(address, () -> {
            changes++;
            held.remove(key.value());
        });
    }

    @Override
    public void close() {}
}
