package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.keycheck.KeycheckSettings;
import io.keyturn.adapters.aws.keycheck.KeycheckTable;
import io.keyturn.adapters.aws.rotator.RotatorLedger;
import io.keyturn.adapters.aws.rotator.RotatorTags;
import io.keyturn.app.presets.Translation;
import io.keyturn.engine.journal.Ledger;
import io.keyturn.engine.port.JournalStore;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
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
                RotatorLedger ledger = new RotatorLedger(
                        new RotatorTags(
                                tags.email(), tags.date(), tags.oldKey(), tags.bucket(), tags.grace(), tags.coolDown()),
                        says,
                        fails);
                yield Keeping.ledger(ledger, () -> stopped, log, ledger::reach);
            }
        };
    }
}
