package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.plan.Usage;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.engine.apply.CapLedger.Full;
import io.keyturn.engine.apply.CapLedger.Wish;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CapLedgerTest {
    private static final AccountId ONE = new AccountId("000000000001");
    private static final AccountId TWO = new AccountId("000000000002");
    private static final Duration DAY = Duration.ofDays(1);

    private final MemoryJournalStore store = new MemoryJournalStore();
    private Instant now = Instant.parse("2026-11-23T12:00:30Z");

    private CapLedger ledger(@Nullable Integer global, @Nullable Integer perAccount, @Nullable Integer percent) {
        Caps caps = new Caps(
                global == null ? null : new Caps.Cap(global, DAY),
                perAccount == null ? null : new Caps.Cap(perAccount, DAY),
                percent);
        return new CapLedger(store, () -> now, Map.of(Capped.DEACTIVATE, caps));
    }

    private static List<Wish> wish(AccountId account, int count) {
        return List.of(new Wish(Capped.DEACTIVATE, account, count, 30));
    }

    @Test
    void placesAreClaimedUntilACapIsFull() throws StoreFailure {
        CapLedger ledger = ledger(3, 2, null);

        assertThat(ledger.claim(wish(ONE, 2), now)).isEmpty();
        assertThat(ledger.claim(wish(ONE, 1), now)).contains(new Full("deactivate per-account", 2, 2, 1));
        assertThat(ledger.claim(wish(TWO, 2), now)).contains(new Full("deactivate global", 3, 2, 2));
        assertThat(ledger.claim(wish(TWO, 1), now)).isEmpty();
    }

    @Test
    void aClaimThatDoesNotFitTakesNothing() throws StoreFailure {
        CapLedger ledger = ledger(1, 5, null);

        assertThat(ledger.claim(wish(ONE, 2), now)).isPresent();

        assertThat(ledger.usage(Set.of(ONE)).of(ONE, Capped.DEACTIVATE)).isZero();
        assertThat(ledger.claim(wish(ONE, 1), now)).isEmpty();
    }

    @Test
    void zeroMeansNone() throws StoreFailure {
        assertThat(ledger(0, null, null).claim(wish(ONE, 1), now)).contains(new Full("deactivate global", 0, 0, 1));
        assertThat(ledger(null, null, 0).claim(wish(ONE, 1), now)).contains(new Full("deactivate percent", 0, 0, 1));
    }

    @Test
    void perCentIsOfTheActiveKeysAndAllowsAtLeastOne() throws StoreFailure {
        CapLedger ledger = ledger(null, null, 10);

        assertThat(ledger.claim(wish(ONE, 3), now)).isEmpty();
        assertThat(ledger.claim(wish(ONE, 1), now)).contains(new Full("deactivate percent", 3, 3, 1));
        assertThat(ledger.claim(List.of(new Wish(Capped.DEACTIVATE, TWO, 1, 2)), now))
                .isEmpty();
    }

    @Test
    void theWindowSlides() throws StoreFailure {
        CapLedger ledger = ledger(1, null, null);
        assertThat(ledger.claim(wish(ONE, 1), now)).isEmpty();

        now = now.plus(DAY).minusSeconds(1);
        assertThat(ledger.claim(wish(ONE, 1), now)).isPresent();
        now = now.plusSeconds(1);
        assertThat(ledger.claim(wish(ONE, 1), now)).isEmpty();
    }

    @Test
    void aWindowIsAsLongAsItsCapSays() throws StoreFailure {
        Caps.Cap one = new Caps.Cap(1, Duration.ofDays(7));
        for (Caps caps : List.of(new Caps(one, null, null), new Caps(null, one, null))) {
            MemoryJournalStore own = new MemoryJournalStore();
            CapLedger ledger = new CapLedger(own, () -> now, Map.of(Capped.DEACTIVATE, caps));
            assertThat(ledger.claim(wish(ONE, 1), now)).isEmpty();
            now = now.plus(Duration.ofDays(6));
            assertThat(used(ledger, caps)).isEqualTo(1);
            assertThat(ledger.claim(wish(ONE, 1), now)).isPresent();
            now = now.plus(DAY);
            assertThat(used(ledger, caps)).isZero();
            assertThat(ledger.claim(wish(ONE, 1), now)).isEmpty();
        }
    }

    private static int used(CapLedger ledger, Caps caps) throws StoreFailure {
        var usage = ledger.usage(Set.of(ONE));
        return caps.global() == null ? usage.of(ONE, Capped.DEACTIVATE) : usage.global(Capped.DEACTIVATE);
    }

    @Test
    void whatWasGivenBackDoesNotMakeRoomLater() throws StoreFailure {
        CapLedger ledger = ledger(2, null, null);
        Instant claimed = now;
        assertThat(ledger.claim(wish(ONE, 2), claimed)).isEmpty();
        now = now.plus(Duration.ofHours(1));
        ledger.release(wish(ONE, 2), claimed);
        assertThat(ledger.claim(wish(ONE, 2), now)).isEmpty();

        now = now.plus(DAY).minus(Duration.ofMinutes(10));
        assertThat(ledger.claim(wish(ONE, 1), now)).isPresent();
    }

    @Test
    void usesInTheFutureOfAClockThatWasAheadCount() throws StoreFailure {
        CapLedger ledger = ledger(1, null, null);
        Instant real = now;
        now = now.plus(DAY);
        assertThat(ledger.claim(wish(ONE, 1), now)).isEmpty();
        now = real;

        assertThat(ledger.claim(wish(ONE, 1), now)).isPresent();
    }

    @Test
    void whatHasNoCapIsNotCounted() throws StoreFailure {
        assertThat(ledger(0, 0, 0).claim(List.of(new Wish(Capped.DELETE, ONE, 100, 1)), now))
                .isEmpty();
    }

    @Test
    void planningSeesWhatIsUsedUp() throws StoreFailure {
        CapLedger ledger = ledger(9, 9, null);
        ledger.claim(wish(ONE, 2), now);
        ledger.claim(wish(TWO, 3), now);

        Usage usage = ledger.usage(Set.of(ONE));

        assertThat(usage.global(Capped.DEACTIVATE)).isEqualTo(5);
        assertThat(usage.of(ONE, Capped.DEACTIVATE)).isEqualTo(2);
        assertThat(usage.global(Capped.DELETE)).isZero();
    }

    @Test
    void aCountThatCannotBeReadStopsEverything() throws StoreFailure {
        store.write("caps/deactivate", 0, "some");

        assertThatThrownBy(() -> ledger(9, null, null).claim(wish(ONE, 1), now))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("could not count the uses of caps/deactivate in memory: it says \"some\";"
                        + " restore the store from a copy; nothing is done without knowing what was done");
    }

    @Test
    void workersAtOnceNeverClaimMoreThanThereIs() throws Exception {
        CapLedger ledger = ledger(20, null, null);
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            workers.add(() -> claimOnes(ledger));
        }
        int claimed = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            for (Future<Integer> done : pool.invokeAll(workers)) {
                claimed += done.get();
            }
        }

        assertThat(claimed).isEqualTo(20);
    }

    private int claimOnes(CapLedger ledger) throws StoreFailure {
        int claimed = 0;
        for (int i = 0; i < 10; i++) {
            claimed += ledger.claim(wish(ONE, 1), now).isEmpty() ? 1 : 0;
        }
        return claimed;
    }

    @Test
    void whatHasNoCapAndWhatIsNotAskedForTakesNoPlace() throws StoreFailure {
        CapLedger ledger = ledger(0, null, null);
        assertThat(ledger.claim(List.of(new Wish(Capped.CREATE, ONE, 5, 30)), now))
                .isEmpty();
        assertThat(ledger.claim(wish(ONE, 0), now)).isEmpty();
        assertThat(store.register("caps/deactivate")).isEmpty();
    }
}
