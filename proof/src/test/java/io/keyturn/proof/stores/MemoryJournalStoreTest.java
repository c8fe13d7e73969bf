package io.keyturn.proof.stores;

import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.JournalStore;

class MemoryJournalStoreTest extends JournalStoreContract {
    private final MemoryJournalStore store = new MemoryJournalStore();

    @Override
    JournalStore open() {
        return store;
    }
}
