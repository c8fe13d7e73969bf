package io.keyturn.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How late the world's copies learn of a change: seeded, bounded, and over at last. */
class ConsistencyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final World world = World.generate(new WorldSpec(1, 1, 30, 0.1, NOW));
    private final SimAccount account = world.management();
    private final AccessKeys keys = new AccessKeys(world);

    @Test
    void a_new_key_begins_to_work_after_3_to_15_seconds_each_at_its_own_time() {
        Set<Duration> delays = new HashSet<>();
        for (SimUser user : account.allUsers()) {
            if (user.keys().size() < 2) {
                SimKey key = keys.create(account, user.name(), NOW);
                delays.add(Duration.between(NOW, key.turns()));
                assertThat(key.worksAt(key.turns().minusMillis(1))).isFalse();
                assertThat(key.worksAt(key.turns())).isTrue();
            }
        }
        assertThat(delays)
                .hasSizeGreaterThan(10)
                .allMatch(d -> d.compareTo(Duration.ofSeconds(3)) >= 0 && d.compareTo(Duration.ofSeconds(15)) <= 0);
    }

    @Test
    void a_key_switched_off_before_it_ever_worked_never_works() {
        SimKey key = keys.create(account, "no-keys", NOW);
        keys.update(account, "no-keys", key.id(), false, NOW.plusSeconds(1));

        for (int second = 1; second < 60; second++) {
            assertThat(world.caller(key.id(), null, NOW.plusSeconds(second))).isNull();
        }
    }

    @Test
    void a_key_deleted_works_3_to_4_seconds_more_even_after_its_user_is_gone() {
        String id = account.user("never-used").keys().getFirst().id();

        keys.delete(account, "never-used", id, NOW);
        account.remove("never-used", NOW);

        assertThat(world.use(id, NOW.plusMillis(2999), "s3", "eu-west-1")).isTrue();
        assertThat(world.use(id, NOW.plusSeconds(4), "s3", "eu-west-1")).isFalse();
    }

    @Test
    void reads_after_a_write_are_now_old_now_new_for_ten_seconds_and_then_new() {
        keys.create(account, "no-keys", NOW);

        Set<Integer> early = new HashSet<>();
        for (int millis = 1; millis < 5000; millis += 100) {
            Instant at = NOW.plusMillis(millis);
            early.add(listed("no-keys", at));
            assertThat(listed("no-keys", at))
                    .as("the same instant tells the same")
                    .isEqualTo(listed("no-keys", at));
        }
        assertThat(early).containsExactlyInAnyOrder(0, 1);
        for (int second = 10; second < 100; second++) {
            assertThat(listed("no-keys", NOW.plusSeconds(second))).isOne();
        }
    }

    private int listed(String name, Instant at) {
        SimUser user = account.user(name, account.readsAt(at));
        return user == null ? -1 : user.keys().size();
    }

    @Test
    void a_list_of_users_may_still_have_the_deleted_and_lack_the_new() {
        SimUser gone = account.user("never-used");
        account.remove("never-used", NOW.plusSeconds(1));
        account.add(gone.withTags(Map.of()), NOW.plusSeconds(2));

        assertThat(names(NOW)).contains("never-used").hasSize(30);
        assertThat(names(NOW.plusSeconds(1))).doesNotContain("never-used").hasSize(29);
        assertThat(names(NOW.plusSeconds(2))).contains("never-used").hasSize(30);
    }

    private Set<String> names(Instant asOf) {
        Set<String> names = new HashSet<>();
        account.usersAfter("", 100, asOf).forEach(user -> names.add(user.name()));
        return names;
    }

    @Test
    void of_uses_within_15_minutes_the_first_is_kept_and_told_some_time_later() {
        String id = account.user("never-used").keys().getFirst().id();
        world.use(id, NOW, "s3", "eu-west-1");
        world.use(id, NOW.plusSeconds(899), "ec2", "eu-west-1");

        assertThat(told(id, NOW)).isNull();
        Use first = told(id, NOW.plusSeconds(600));
        assertThat(first.at()).isEqualTo(NOW);
        assertThat(first.service()).isEqualTo("s3");
        world.use(id, NOW.plusSeconds(900), "sqs", "eu-west-1");
        assertThat(told(id, NOW.plusSeconds(900)).service()).isEqualTo("s3");
        assertThat(told(id, NOW.plusSeconds(1500)).service()).isEqualTo("sqs");
    }

    private Use told(String id, Instant at) {
        return keys.lastUsed(account, id, at, at).use();
    }

    @Test
    void spans_and_shares_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new Consistency.Span(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("a span goes from 0 or more to no less: PT2S, PT1S");
        assertThatThrownBy(() -> new Consistency(
                        Consistency.Span.ZERO, Consistency.Span.ZERO, Duration.ZERO, 2, Consistency.Span.ZERO))
                .hasMessage("reads are stale for 0 s or longer, in a share from 0 to 1: PT0S, 2.0");
        assertThatThrownBy(() -> WorldOptions.DEFAULT.inPartition("aws-mars"))
                .hasMessage(
                        "the partition \"aws-mars\" is not simulated; these are: aws, aws-cn, aws-us-gov, aws-eusc");
    }
}
