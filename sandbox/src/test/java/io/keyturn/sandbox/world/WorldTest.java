package io.keyturn.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorldTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void the_same_seed_makes_the_same_world_and_another_makes_another() {
        assertThat(users(world(5))).isEqualTo(users(world(5)));
        assertThat(users(world(5))).isNotEqualTo(users(world(6)));
    }

    @Test
    void every_user_asked_for_is_there_once() {
        World world = World.generate(new WorldSpec(1, 7, 1003, 0.05, NOW));

        List<String> ids = users(world).stream().map(SimUser::id).toList();
        assertThat(ids).hasSize(1003).doesNotHaveDuplicates();
    }

    @Test
    void the_share_at_risk_is_met_as_it_was_asked_for() {
        World world = World.generate(new WorldSpec(1, 1, 5000, 0.05, NOW));

        long risky = users(world).stream()
                .filter(user -> user.keys().stream().anyMatch(WorldTest::atRisk))
                .count();
        assertThat(risky).isBetween(245L, 255L);
    }

    @Test
    void a_report_is_ready_after_its_delay_and_stands_for_four_hours() {
        SimAccount account = world(1).management();
        Duration delay = Duration.ofSeconds(2);

        assertThat(account.reportState(NOW)).isEqualTo(Report.State.ABSENT);
        assertThat(account.generateReport(NOW, delay)).isEqualTo(Report.State.STARTED);
        assertThat(account.generateReport(NOW.plusSeconds(1), delay)).isEqualTo(Report.State.INPROGRESS);
        assertThat(account.generateReport(NOW.plusSeconds(2), delay)).isEqualTo(Report.State.COMPLETE);
        assertThat(account.report().made()).isEqualTo(NOW.plusSeconds(2));
        assertThat(account.generateReport(NOW.plus(Duration.ofHours(5)), delay)).isEqualTo(Report.State.STARTED);
    }

    @Test
    void a_comma_in_a_user_name_does_not_shift_the_columns_of_the_report() {
        SimAccount account = world(1).management();
        SimUser some = account.allUsers().getFirst();
        account.put(new SimUser(
                "a,b",
                "AIDACOMMA",
                "/",
                NOW,
                false,
                false,
                some.tags(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of()));
        account.generateReport(NOW, Duration.ZERO);
        account.generateReport(NOW, Duration.ZERO);

        assertThat(account.report().csv()).contains("\n\"a,b\",\"arn:aws:iam::111122223333:user/a,b\",");
    }

    private static boolean atRisk(SimKey key) {
        boolean old = !key.created().isAfter(NOW.minus(Duration.ofDays(75)));
        Instant last = key.lastUsed() == null ? key.created() : key.lastUsed();
        return key.active() && (old || !last.isAfter(NOW.minus(Duration.ofDays(30))));
    }

    private static World world(long seed) {
        return World.generate(new WorldSpec(seed, 3, 120, 0.1, NOW));
    }

    private static List<SimUser> users(World world) {
        return world.accounts().stream().flatMap(a -> a.allUsers().stream()).toList();
    }
}
