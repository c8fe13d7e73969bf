package io.keyturn.engine.apply;

import io.keyturn.core.model.Account;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sink in memory that can be told what to answer. */
final class FakeSink implements SecretSink, SecretSinks {
    final Map<KeyId, String> held = new LinkedHashMap<>();
    final List<String> derived = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    /** What the next provings and deliveries come to; all is well where there is none. */
    final Deque<Answer> answers = new ArrayDeque<>();

    Runnable whenDelivered = () -> {};
    /** What the next takings away come to. */
    final Deque<Answer> clearings = new ArrayDeque<>();
    /** Why it cannot be opened; empty where it can. */
    Optional<Problem> shut = Optional.empty();

    static Answer refused() {
        return new Answer.Refused(new Problem("deliver the secret", "the sink", "it was so ordained", ""));
    }

    static Answer inDoubt() {
        return new Answer.InDoubt(new Problem("deliver the secret", "the sink", "no answer came", ""));
    }

    @Override
    public SecretSink open(Account account, Rotation rotation) throws ReadFailure {
        if (shut.isPresent()) {
            throw new ReadFailure(shut.get());
        }
        return this;
    }

    @Override
    public Answer prove(Address address) {
        calls.add("prove " + address.name());
        return next(address);
    }

    @Override
    public Answer deliver(Address address, Parcel parcel) {
        calls.add("deliver " + parcel.key());
        whenDelivered.run();
        Answer answer = next(address);
        if (!(answer instanceof Answer.Refused)) {
            held.put(parcel.key(), parcel.secret().reveal());
            derived.addAll(parcel.derived().keySet());
        }
        return answer;
    }

    private Answer next(Address address) {
        return answers.isEmpty()
                ? new Answer.Confirmed(Evidence.READ_BACK, "vault/" + address.name(), List.of())
                : answers.removeFirst();
    }

    @Override
    public Answer clear(Address address, KeyId key) {
        calls.add("clear " + key);
        if (!clearings.isEmpty()) {
            return clearings.removeFirst();
        }
        held.remove(key);
        return new Answer.Confirmed(Evidence.READ_BACK, "vault/" + address.name(), List.of());
    }

    @Override
    public void close() {}
}
