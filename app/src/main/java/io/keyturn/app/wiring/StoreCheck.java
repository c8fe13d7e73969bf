package io.keyturn.app.wiring;

import io.keyturn.adapters.store.SqliteLook;
import io.keyturn.app.config.Settings;
import io.keyturn.app.config.StorePlace;
import io.keyturn.engine.apply.StopFlag;
import io.keyturn.engine.checkup.AccountCheckup;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the store can be used; looking leaves none behind and none newer. */
final class StoreCheck {
    private static final String STORE = "store";
    private static final String LEASES = "leases";

    private final Settings settings;
    private final Map<String, String> environment;
    private final InstantSource clock;

    StoreCheck(Settings settings, Map<String, String> environment, InstantSource clock) {
        this.settings = settings;
        this.environment = environment;
        this.clock = clock;
    }

    List<Check> checks(List<AccountCheckup> accounts) {
        try {
            return switch (settings.store()) {
                case StorePlace.File(Path file) -> file(file, accounts);
                case StorePlace.Table table -> opened("is there, and can be read", accounts);
            };
        } catch (StoreFailure failure) {
            return List.of(failed(STORE, failure));
        }
    }

    private List<Check> file(Path file, List<AccountCheckup> accounts) throws StoreFailure {
        return switch (SqliteLook.look(file)) {
            case SqliteLook.Found.Nothing nothing ->
                List.of(Check.works(null, STORE, "none yet; " + file + " can be made"));
            case SqliteLook.Found.Journal(int version, boolean upToDate)
            when !upToDate ->
                List.of(Check.note(
                        null, STORE, file + ": version " + version + ", which the next run brings up to date"));
            case SqliteLook.Found.Journal(int version, boolean upToDate) ->
                opened("can be written, version " + version, accounts);
        };
    }

    private List<Check> opened(String how, List<AccountCheckup> accounts) throws StoreFailure {
        List<Check> checks = new ArrayList<>();
        try (JournalStore store = Stores.open(settings, environment)) {
            checks.add(Check.works(null, STORE, settings.store() + ": " + how));
            checks.add(leases(new Leases(store, clock, ""), accounts));
            Optional<String> stopped = new StopFlag(store).raised();
            stopped.ifPresent(why -> checks.add(Check.note(null, "stop", "everything is stopped: " + why)));
        }
        return checks;
    }

    private static Check leases(Leases leases, List<AccountCheckup> accounts) {
        List<String> held = new ArrayList<>();
        try {
            for (AccountCheckup account : accounts) {
                leases.holder(account.id()).ifPresent(holder -> held.add(account.label() + " by " + holder.by()));
            }
        } catch (StoreFailure failure) {
            return failed(LEASES, failure);
        }
        return held.isEmpty()
                ? Check.works(null, LEASES, "none is held")
                : Check.works(
                        null,
                        LEASES,
                        held.size() + " held: " + held.getFirst()
                                + (held.size() > 1 ? " and " + (held.size() - 1) + " more" : ""));
    }

    private static Check failed(String what, StoreFailure failure) {
        return Check.fails(null, what, failure.problem().sentence());
    }
}
