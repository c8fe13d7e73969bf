package io.keyturn.engine.journal;

import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The stages that people lowered: all of them in the stream of the organization, so that every run reads them first. */
public final class Lowerings {
    private Lowerings() {}

    /**
     * All that were ever decided, oldest first.
     *
     * @throws StoreFailure where they cannot be read or trusted: then nothing may go further than to look
     */
    public static List<Lowering> in(JournalStore store) throws StoreFailure {
        List<Lowering> lowered = new ArrayList<>();
        AccountJournal.open(store, Streams.ORGANIZATION, entry -> {
            if (entry instanceof Entry.Decision decision && decision.kind() == Entry.Decision.Kind.LOWER_STAGE) {
                lowered.add(of(decision));
            }
        });
        return lowered;
    }

    private static Lowering of(Entry.Decision decision) {
        Stage stage = stage(decision.value());
        return switch (decision.scope()) {
            case Scope.OfUnit unit ->
                new Lowering(unit.path(), null, stage, decision.stamp().at(), decision.by(), decision.why());
            case Scope.OfAccount account ->
                new Lowering(null, account.account(), stage, decision.stamp().at(), decision.by(), decision.why());
            // An empty path holds every unit.
            case Scope.All all -> new Lowering("", null, stage, decision.stamp().at(), decision.by(), decision.why());
            case Scope.OfTarget target -> throw meaningless();
            case Scope.OfPlan plan -> throw meaningless();
        };
    }

    private static IllegalArgumentException meaningless() {
        return new IllegalArgumentException("a stage is of a unit or an account");
    }

    /** A word of a later version is no permission. */
    private static Stage stage(@Nullable String word) {
        for (Stage stage : Stage.values()) {
            if (stage.label().equals(word == null ? "" : word.toLowerCase(Locale.ROOT))) {
                return stage;
            }
        }
        return Stage.OBSERVE;
    }
}
