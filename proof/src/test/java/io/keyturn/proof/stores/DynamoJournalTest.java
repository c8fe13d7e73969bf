package io.keyturn.proof.stores;

import io.keyturn.adapters.aws.journal.DynamoJournal;
import io.keyturn.adapters.aws.journal.DynamoSettings;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.UUID;

class DynamoJournalTest extends JournalStoreContract {
    private final String table = "journal-" + UUID.randomUUID();

    @Override
    JournalStore open() throws StoreFailure {
        return DynamoJournal.make(new DynamoSettings(table, null, DynamoDbLocal.environment(DynamoDbLocal.endpoint())));
    }
}
