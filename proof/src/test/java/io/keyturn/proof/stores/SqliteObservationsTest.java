package io.keyturn.proof.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.store.SqliteObservations;
import io.keyturn.core.model.AccountId;
import io.keyturn.engine.port.Observations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteObservationsTest extends ObservationsContract {
    @TempDir
    Path folder;

    private final List<SqliteObservations> open = new ArrayList<>();

    @Override
    Observations open() {
        close();
        SqliteObservations one = SqliteObservations.in(folder.resolve("uses.db"));
        open.add(one);
        return one;
    }

    @AfterEach
    void close() {
        open.forEach(SqliteObservations::close);
        open.clear();
    }

    @Test
    void aFileThatCannotBeUsedIsSaidAndNothingWasSeen() throws Exception {
        Path file = Files.writeString(
                folder.resolve("uses.db"), "no database at all, but long enough to be one ".repeat(99));
        SqliteObservations damaged = SqliteObservations.in(file);
        open.add(damaged);

        assertThat(damaged.recall(new AccountId("111122223333"))).isEmpty();
        assertThat(damaged.warning())
                .hasValue(
                        "could not open the memory of how keys are used " + file + ": it is damaged or no SQLite file;"
                                + " this run goes on without it and lets no disuse change anything. To mend it, delete it: it is"
                                + " only a cache and will be made anew.");
    }
}
