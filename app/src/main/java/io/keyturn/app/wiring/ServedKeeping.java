package io.keyturn.app.wiring;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps as another does, and begins nothing more once its server is being stopped. */
class ServedKeeping implements Keeping {
    private final Keeping files;
    private final Supplier<Optional<String>> ending;

    ServedKeeping(Keeping files, Supplier<Optional<String>> ending) {
        this.files = files;
        this.ending = ending;
    }

    @Override
    public JournalStore journal() throws StoreFailure {
        return files.journal();
    }

    @Override
    public KeyIds keyIds() {
        return files.keyIds();
    }

    @Override
    public Uses uses(JournalStore journal) {
        return files.uses(journal);
    }

    @Override
    public Optional<Path> catalog() {
        return files.catalog();
    }

    @Override
    public Optional<String> stopped() {
        return ending.get().or(files::stopped);
    }
}
