package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.ACCOUNT;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.STAMP;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.policy.Lowering;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LoweringsTest {
    private final MemoryJournalStore store = new MemoryJournalStore();

    private void decide(Entry.Decision.Kind kind, Scope scope, @Nullable String value) throws StoreFailure {
        AccountJournal.open(store, Streams.ORGANIZATION, entry -> {})
                .record(List.of(new Entry.Decision(STAMP, "d", kind, scope, "alice", "drill", null, value)));
    }

    private void lower(Scope scope, @Nullable String value) throws StoreFailure {
        decide(Entry.Decision.Kind.LOWER_STAGE, scope, value);
    }

    private static Lowering of(@Nullable String unit, Stage stage) {
        return new Lowering(unit, unit == null ? ACCOUNT : null, stage, NOON, "alice", "drill");
    }

    @Test
    void stagesAreLoweredOfUnitsOfAccountsAndOfAll() throws StoreFailure {
        lower(new Scope.OfUnit("Workloads/Dev"), "notify");
        decide(Entry.Decision.Kind.STOP, new Scope.All(), "observe");
        lower(new Scope.OfAccount(ACCOUNT), "Observe");
        lower(new Scope.All(), "notify");

        assertThat(Lowerings.in(store))
                .containsExactly(of("Workloads/Dev", Stage.NOTIFY), of(null, Stage.OBSERVE), of("", Stage.NOTIFY));
    }

    @Test
    void aWordThatIsNotKnownPermitsNothing() throws StoreFailure {
        lower(new Scope.OfAccount(ACCOUNT), "enforce-more");
        lower(new Scope.OfAccount(ACCOUNT), null);

        assertThat(Lowerings.in(store)).containsExactly(of(null, Stage.OBSERVE), of(null, Stage.OBSERVE));
    }

    @Test
    void aStageOfAKeyOrAPlanIsNotPassedOver() throws StoreFailure {
        for (Scope scope : List.of(new Scope.OfTarget(TARGET), new Scope.OfPlan("b".repeat(64)))) {
            MemoryJournalStore other = new MemoryJournalStore();
            AccountJournal.open(other, Streams.ORGANIZATION, entry -> {})
                    .record(List.of(new Entry.Decision(
                            STAMP, "d", Entry.Decision.Kind.LOWER_STAGE, scope, "alice", "drill", null, "notify")));
            assertThatThrownBy(() -> Lowerings.in(other)).hasMessage("a stage is of a unit or an account");
        }
    }

    @Test
    void onlyWhatIsNotOfOneAccountLiesInTheStreamOfTheOrganization() {
        Entry.Decision.Kind freeze = Entry.Decision.Kind.FREEZE;

        assertThat(List.of(new Scope.All(), new Scope.OfUnit("Dev"), new Scope.OfPlan("b".repeat(64))))
                .allSatisfy(scope -> assertThat(Streams.of(JournalSamples.decision(freeze, scope)))
                        .isEqualTo(Streams.ORGANIZATION));
        assertThat(List.of(new Scope.OfAccount(ACCOUNT), new Scope.OfTarget(TARGET)))
                .allSatisfy(scope -> assertThat(Streams.of(JournalSamples.decision(freeze, scope)))
                        .isEqualTo(ACCOUNT.value()));
    }
}
