package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.engine.port.StoreFailure;
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

    @Test
    void a_part_that_was_written_for_another_number_of_parts_was_not_seen() throws Exception {
        shared.learn(ACCOUNT, many(10_000, NOON), Set.of());
        long version = store.register("uses/111122223333/1").orElseThrow().version();
        store.write("uses/111122223333/1", version, "7\nAIDALATER\t1\t1\t-\t-\t0\n");

        Map<Slot, Observed> left = shared.recall(ACCOUNT);
        assertThat(left).isNotEmpty().doesNotContainKey(new Slot(new UserId("AIDALATER"), Instant.ofEpochSecond(1)));
        assertThat(many(10_000, NOON)).containsAllEntriesOf(left);
    }

    @Test
    void a_line_without_its_times_was_not_seen_and_the_others_were() throws Exception {
        store.write(
                "uses/111122223333/0",
                0,
                "1\nAIDAA\t-\t1\t-\t-\t0\nAIDAB\t1\t-\t-\t-\t0\nAIDAC\t1\t1\t-\t-\t-\nAIDAD\t1\t2\t-\t-\t3\n");

        assertThat(shared.recall(ACCOUNT))
                .isEqualTo(Map.of(
                        new Slot(new UserId("AIDAD"), Instant.ofEpochSecond(1)),
                        new Observed(Instant.ofEpochSecond(2), null, null, Duration.ofSeconds(3))));
    }

    @Test
    void what_cannot_be_read_or_written_was_not_seen_and_fails_nothing() {
        FailingStore failing = new FailingStore();
        SharedObservations troubled = new SharedObservations(failing);
        failing.registers = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        assertThat(troubled.recall(ACCOUNT)).isEmpty();

        failing.registers = register -> {};
        failing.writes = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE, 1);
        troubled.learn(ACCOUNT, many(2, NOON), Set.of());
        assertThat(troubled.recall(ACCOUNT)).isEmpty();
    }

    @Test
    void who_loses_a_race_looks_again_and_not_for_ever() {
        FailingStore failing = new FailingStore();
        SharedObservations troubled = new SharedObservations(failing);
        failing.writes = FailingStore.failing(StoreFailure.Kind.CONFLICT, 3);
        troubled.learn(ACCOUNT, many(2, NOON), Set.of());
        assertThat(troubled.recall(ACCOUNT)).isEqualTo(many(2, NOON));

        failing.writes = FailingStore.failing(StoreFailure.Kind.CONFLICT);
        troubled.learn(ACCOUNT, many(3, NOON), Set.of());
        failing.writes = register -> {};
        assertThat(troubled.recall(ACCOUNT)).isEqualTo(many(2, NOON));
    }
}
