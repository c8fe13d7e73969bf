package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.InstantSource;

/** What a person decides at the command line, written where the configuration says. */
public final class Decided {
    private Decided() {}

    /** One decision. */
    public interface Decision {
        void make(Decisions decisions) throws StoreFailure;
    }

    /** Makes it. */
    public static void at(Settings settings, InstantSource clock, Decision decision) throws StoreFailure {
        RunName name = RunName.of(clock.instant());
        try (JournalStore store = Stores.open(settings)) {
            decision.make(new Decisions(store, clock, name::next, "command line"));
        }
    }
}
