package io.keyturn.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorldCopyTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    private final World world = World.generate(new WorldSpec(3, 2, 10, 0.2, NOW));

    private static SimKey newKey(World world) {
        SimAccount account = world.management();
        String user = account.allUsers().stream()
                .filter(one -> one.keys().size() == 1)
                .findFirst()
                .orElseThrow()
                .name();
        return new AccessKeys(world).create(account, user, NOW);
    }

    @Test
    void the_same_calls_make_the_same_course_of_both() {
        newKey(world);
        World copy = world.copy();

        assertThat(newKey(copy)).isEqualTo(newKey(world));
        assertThat(copy.management().allUsers()).isEqualTo(world.management().allUsers());
        assertThat(copy.management().readsAt(NOW.plusMillis(300)))
                .isEqualTo(world.management().readsAt(NOW.plusMillis(300)));
    }

    @Test
    void what_happens_in_one_does_not_happen_in_the_other() {
        World copy = world.copy();
        SimKey made = newKey(copy);

        assertThat(world.management().userOfKey(made.id())).isNull();
        assertThat(copy.management().userOfKey(made.id())).isNotNull();
    }

    @Test
    void a_world_in_which_something_is_still_to_happen_has_no_copy() {
        world.later(NOW.plus(Duration.ofMinutes(1)), () -> {});

        assertThat(world.isSettled()).isFalse();
        assertThatThrownBy(world::copy)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("something is still to happen in this world");

        world.settle(NOW.plus(Duration.ofMinutes(1)));

        assertThat(world.copy().isSettled()).isTrue();
    }
}
