package io.keyturn.engine.run;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * When the next run of a schedule is due, where several servers share a store: one of them takes it. What two runs might do
 * to one account at a time is not its matter; the leases of accounts see to that.
 */
public final class Timetable {
    private static final String NAME = "timetable";

    private final JournalStore store;
    private final InstantSource clock;
    private final Duration every;

    /** @param every from the beginning of a run to that of the next */
    public Timetable(JournalStore store, InstantSource clock, Duration every) {
        if (every.isNegative() || every.isZero()) {
            throw new IllegalArgumentException("runs are some time apart");
        }
        this.store = store;
        this.clock = clock;
        this.every = every;
    }

    /** When the next run is due by what the store says; now where none was ever taken. */
    public Instant next() throws StoreFailure {
        return store.register(NAME).flatMap(this::due).orElseGet(clock::instant);
    }

    /** Takes the run that is due, so that no other server does; whether it is this server's. */
    public boolean take() throws StoreFailure {
        Optional<Register> last = store.register(NAME);
        Instant now = clock.instant();
        if (last.flatMap(this::due).filter(now::isBefore).isPresent()) {
            return false;
        }
        try {
            store.write(NAME, last.map(Register::version).orElse(0L), now.toString());
            return true;
        } catch (StoreFailure e) {
            if (e.kind() == StoreFailure.Kind.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** Empty where nobody can tell: then it is due. A begin that lies in the future is of a clock that was wrong. */
    private Optional<Instant> due(Register last) {
        try {
            Instant began = Instant.parse(last.value());
            return began.isAfter(clock.instant()) ? Optional.empty() : Optional.of(began.plus(every));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
