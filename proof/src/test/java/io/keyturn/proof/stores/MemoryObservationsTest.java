package io.keyturn.proof.stores;

import io.keyturn.engine.journal.MemoryObservations;
import io.keyturn.engine.port.Observations;

class MemoryObservationsTest extends ObservationsContract {
    private final MemoryObservations memory = new MemoryObservations();

    @Override
    Observations open() {
        return memory;
    }
}
