package io.keyturn.proof.stores;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Streams;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Real entries of one account, for tests of stores that follow the chain as well. */
final class Intents {
    static final AccountId ACCOUNT = new AccountId("111122223333");
    static final String STREAM = Streams.of(ACCOUNT);

    private Intents() {}

    static List<Entry.Intent> batch(String prefix, int count) {
        List<Entry.Intent> batch = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            KeyId key = new KeyId("AKIAEXAMPLE%09d".formatted(i));
            Target target = new Target(ACCOUNT, new UserId("AIDAEXAMPLE" + i % 7), new UserName("user-" + i), key);
            batch.add(new Entry.Intent(
                    new Entry.Stamp(Instant.parse("2026-11-23T12:00:00Z"), "run-1", "host/1"),
                    prefix + "-" + i,
                    Verb.DEACTIVATE,
                    target,
                    List.of(key),
                    "a".repeat(64)));
        }
        return batch;
    }
}
