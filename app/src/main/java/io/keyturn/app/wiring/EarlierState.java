package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.keycheck.KeycheckSettings;
import io.keyturn.adapters.aws.keycheck.KeycheckTable;
import io.keyturn.adapters.aws.rotator.RotatorLedger;
import io.keyturn.adapters.aws.rotator.RotatorTags;
import io.keyturn.app.presets.Translation;
import io.keyturn.core.model.AccountId;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.port.JournalStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Opens what an earlier tool remembers by, for runs in its place. */
public final class EarlierState {
    private EarlierState() {}

    /**
     * Where such a run keeps what it must remember; no file is written.
     *
     * @param stopped why nothing may be done; empty where it may
     * @param log told of every line of the journal, which ends with the run
     * @param says told what was put right in that state
     * @param fails told what could not be noted in it
     */
    public static Keeping keeping(
            Translation.State state,
            Map<String, String> environment,
            InstantSource clock,
            Optional<String> stopped,
            Consumer<JournalStore.Line> log,
            Consumer<String> says,
            Consumer<String> fails) {
        return switch (state) {
            case Translation.State.Nothing() -> Keeping.ledger(Ledger.NONE, () -> stopped, log, accounts -> {});
            case Translation.State.KeycheckTable(var profile, var region, var from, var users) -> {
                HeededLedger table = new HeededLedger(new KeycheckTable(
                        new KeycheckSettings(profile, region, from, users, ZoneId.systemDefault(), environment),
                        clock));
                yield Keeping.ledger(table, () -> stopped.or(table::silent), log, accounts -> {});
            }
            case Translation.State.RotatorTags tags -> {
                RotatorLedger ledger = new RotatorLedger(names(tags), says, fails);
                yield Keeping.ledger(ledger, () -> stopped, log, ledger::reach);
            }
        };
    }

    /**
     * The same state for a run that only looks: nothing is ever written into it.
     *
     * @param heard told what it says of each account, before the account is judged
     */
    public static Keeping beside(
            Translation.State state,
            Map<String, String> environment,
            InstantSource clock,
            BiConsumer<AccountId, List<Entry>> heard) {
        Ledger ledger = new HeardLedger(looked(state, environment, clock), heard);
        return Keeping.ledger(ledger, Optional::empty, line -> {}, accounts -> {});
    }

    /** Of keycheck's table the rows of keys of any age: one that was told of too early is found so. */
    private static Ledger looked(Translation.State state, Map<String, String> environment, InstantSource clock) {
        return switch (state) {
            case Translation.State.Nothing() -> Ledger.NONE;
            case Translation.State.KeycheckTable(var profile, var region, var from, var users) ->
                new KeycheckTable(
                        new KeycheckSettings(
                                profile, region, Duration.ZERO, users, ZoneId.systemDefault(), environment),
                        clock);
            case Translation.State.RotatorTags tags -> new RotatorLedger(names(tags), said -> {}, failed -> {});
        };
    }

    private static RotatorTags names(Translation.State.RotatorTags tags) {
        return new RotatorTags(tags.email(), tags.date(), tags.oldKey(), tags.bucket(), tags.grace(), tags.coolDown());
    }
}
