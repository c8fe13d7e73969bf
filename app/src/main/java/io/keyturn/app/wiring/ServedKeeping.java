package io.keyturn.app.wiring;

import java.util.Optional;
import java.util.function.Supplier;

/** Keeps as another does, and begins nothing more once its server is being stopped. */
class ServedKeeping extends SameKeeping {
    private final Supplier<Optional<String>> ending;

    ServedKeeping(Keeping files, Supplier<Optional<String>> ending) {
        super(files);
        this.ending = ending;
    }

    @Override
    public Optional<String> stopped() {
        return ending.get().or(super::stopped);
    }
}
