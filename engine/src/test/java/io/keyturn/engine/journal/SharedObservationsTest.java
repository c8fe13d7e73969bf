package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SharedObservationsTest {
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final MemoryJournalStore store = new MemoryJournalStore();
    private final SharedObservations shared = new SharedObservations(store);

    private static Map<Slot, Observed> many(int count, Instant last) {
        Map<Slot, Observed> many = new HashMap<>();
        for (int i = 0; i < count; i++) {
            many.put(
                    new Slot(new UserId("AIDA%016d".formatted(i)), NOON.minusSeconds(i)),
                    new Observed(NOON, last.minusSeconds(9), last, Duration.ofHours(i % 100)));
        }
        return many;
    }

    @Test
    void a_large_account_lies_in_several_parts_and_is_whole_again() throws Exception {
        Map<Slot, Observed> all = many(10_000, NOON);
        shared.learn(ACCOUNT, all, Set.of());

        assertThat(shared.recall(ACCOUNT)).isEqualTo(all);
        assertThat(store.register("uses/111122223333/2")).isPresent();
        assertThat(store.register("uses/111122223333/0").orElseThrow().value().length())
                .isLessThan(400_000);
    }

    @Test
    void an_account_that_grows_and_shrinks_keeps_what_is_left_of_it() {
        shared.learn(ACCOUNT, many(10, NOON), Set.of());
        shared.learn(ACCOUNT, many(10_000, NOON.plusSeconds(60)), Set.of());
        assertThat(shared.recall(ACCOUNT)).isEqualTo(many(10_000, NOON.plusSeconds(60)));

        Map<Slot, Observed> gone = many(10_000, NOON);
        gone.keySet().removeAll(many(10, NOON).keySet());
        shared.learn(ACCOUNT, Map.of(), gone.keySet());
        assertThat(shared.recall(ACCOUNT)).isEqualTo(many(10, NOON.plusSeconds(60)));
    }

    @Test
    void two_workers_lose_nothing_of_each_other() {
        Slot ann = new Slot(new UserId("AIDAANN"), NOON);
        Slot bob = new Slot(new UserId("AIDABOB"), NOON);
        Observed seen = new Observed(NOON, null, null, Duration.ZERO);
        shared.learn(ACCOUNT, Map.of(ann, seen), Set.of());
        new SharedObservations(store).learn(ACCOUNT, Map.of(bob, seen), Set.of());

        assertThat(shared.recall(ACCOUNT)).isEqualTo(Map.of(ann, seen, bob, seen));
    }

    @Test
    void what_is_damaged_was_not_seen() throws Exception {
        shared.learn(ACCOUNT, many(2, NOON), Set.of());
        long version = store.register("uses/111122223333/0").orElseThrow().version();
        store.write("uses/111122223333/0", version, "many\nAIDAX\tnoon\t1\t-\t-\t0\nhalf a line\n");

        assertThat(shared.recall(ACCOUNT)).isEmpty();
        shared.learn(ACCOUNT, many(2, NOON), Set.of());
        assertThat(shared.recall(ACCOUNT)).isEqualTo(many(2, NOON));
    }
}
