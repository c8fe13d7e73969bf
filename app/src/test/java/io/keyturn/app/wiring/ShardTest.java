package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.AccountEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardTest {
    private static final List<String> ACCOUNTS = IntStream.range(0, 1_000)
            .mapToObj(i -> "1111%08d".formatted(i * 37))
            .toList();

    private static Map<String, Integer> parts(int of) {
        List<Shard> shards = IntStream.rangeClosed(1, of)
                .mapToObj(number -> new Shard(number, of))
                .toList();
        return ACCOUNTS.stream().collect(Collectors.toMap(Function.identity(), account -> {
            List<Shard> holding =
                    shards.stream().filter(shard -> shard.holds(account)).toList();
            assertThat(holding).as(account).hasSize(1);
            return holding.getFirst().number();
        }));
    }

    @Test
    void every_account_is_in_one_part_and_the_parts_are_alike() {
        Map<Integer, Long> sizes =
                parts(10).values().stream().collect(Collectors.groupingBy(part -> part, Collectors.counting()));

        assertThat(sizes).hasSize(10);
        assertThat(sizes.values()).allMatch(size -> size > 70 && size < 130);
        assertThat(parts(1).values()).containsOnly(1);
    }

    @Test
    void a_part_that_is_added_takes_accounts_and_moves_no_others() {
        Map<String, Integer> before = parts(10);
        Map<String, Integer> after = parts(11);

        assertThat(ACCOUNTS).allMatch(id -> after.get(id) == 11 || after.get(id).equals(before.get(id)));
        assertThat(after.values().stream().filter(part -> part == 11).count()).isBetween(60L, 130L);
    }

    @Test
    void an_account_keeps_its_part_from_release_to_release() {
        assertThat(parts(3)).containsEntry("111100000000", 2);
    }

    @Test
    void where_the_accounts_cannot_be_listed_every_part_says_so() {
        AccountEntry nothing =
                new AccountEntry.Unreachable("organization", "", new Problem("list", "it", "no", "mend"));
        AccountEntry one =
                new AccountEntry.Unreachable("data", "111122223333", new Problem("assume", "it", "no", "mend"));

        assertThat(new Shard(1, 2).test(nothing)).isTrue();
        assertThat(new Shard(2, 2).test(nothing)).isTrue();
        assertThat(new Shard(1, 2).test(one)).isNotEqualTo(new Shard(2, 2).test(one));
    }

    @Test
    void what_is_no_part_is_refused_with_what_would_be_right() {
        for (String bad : List.of("", "3", "0/3", "4/3", "1/0", "-1/3", "1/20000", "a/b", "1/3/5", "1 /3")) {
            assertThatThrownBy(() -> Shard.parse(bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("i/n")
                    .hasMessageContaining("1/10");
        }
        assertThat(Shard.parse("2/10")).isEqualTo(new Shard(2, 10)).hasToString("2/10");
    }
}
