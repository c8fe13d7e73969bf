package io.keyturn.proof.stores;

import io.keyturn.adapters.aws.journal.DynamoJournal;
import io.keyturn.adapters.aws.journal.DynamoSettings;
import io.keyturn.engine.journal.SharedObservations;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.Observations;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** In a table of DynamoDB, each time by a worker of its own. */
class SharedObservationsTest extends ObservationsContract {
    private final String table = "uses-" + UUID.randomUUID();
    private final List<JournalStore> opened = new ArrayList<>();

    @Override
    Observations open() {
        try {
            JournalStore store = DynamoJournal.make(
                    new DynamoSettings(table, null, DynamoDbLocal.environment(DynamoDbLocal.endpoint())));
            opened.add(store);
            return new SharedObservations(store);
        } catch (StoreFailure e) {
            throw new IllegalStateException(e.problem().sentence(), e);
        }
    }

    @AfterEach
    void close() {
        opened.forEach(JournalStore::close);
    }
}
