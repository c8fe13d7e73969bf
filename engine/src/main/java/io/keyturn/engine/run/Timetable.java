package io.keyturn.engine.run;

import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Register;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * When the next run of a schedule is due, where several servers share a store: one of them takes it. What two runs might do
 * to one account at a time is not its matter; the leases of accounts see to that.
 */
public final class Timetable {
    private static final String NAME = "timetable";

    private final JournalStore store;
    private final InstantSource clock;
    private final UnaryOperator<Instant> after;
    private final Instant first;

    /**
     * @param after when the next run is due after one that began then
     * @param first when the first run is due where none was ever taken
     */
    public Timetable(JournalStore store, InstantSource clock, UnaryOperator<Instant> after, Instant first) {
        this.store = store;
        this.clock = clock;
        this.after = after;
        this.first = first;
    }

    /** When the next run is due by what the store says. */
    public Instant next() throws StoreFailure {
        return due(store.register(NAME));
    }

    /** Takes the run that is due, so that no other server does; whether it is this server's. */
    public boolean take() throws StoreFailure {
        Optional<Register> last = store.register(NAME);
        Instant now = clock.instant();
        if (now.isBefore(due(last))) {
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

    private Instant due(Optional<Register> last) {
        return last.flatMap(this::began).map(after).orElse(first);
    }

    /** Empty where nobody can tell. A begin that lies in the future is of a clock that was wrong. */
    private Optional<Instant> began(Register last) {
        try {
            return Optional.of(Instant.parse(last.value())).filter(began -> !began.isAfter(clock.instant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
