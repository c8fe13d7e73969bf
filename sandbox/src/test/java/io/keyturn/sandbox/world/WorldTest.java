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
    void whatever_changes_of_users_and_keys_is_counted_and_listed() {
        World world = world(1);
        SimAccount account = world.management();
        SimUser some = account.allUsers().getFirst();
        AccessKeys keys = new AccessKeys(world);
        long before = world.changes();
        assertThat(account.allUsers()).isSameAs(account.allUsers());
        assertThat(account.usersAfter("", 1, NOW)).containsExactly(some);
        assertThat(world.changes()).isEqualTo(before);

        account.remove(some.name(), NOW);
        assertThat(account.allUsers()).doesNotContain(some);
        account.add(some.withKeys(List.of()), NOW);
        SimKey made = keys.create(account, some.name(), NOW);
        assertThat(account.allUsers().getFirst().keys()).containsExactly(made);
        keys.update(account, some.name(), made.id(), false, NOW);
        keys.delete(account, some.name(), made.id(), NOW);

        assertThat(world.changes()).isEqualTo(before + 5);
        assertThat(world.use(world.admin().id(), NOW, "s3", "eu-west-1")).isTrue();
        assertThat(world.changes()).isEqualTo(before + 6);
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

    @Test
    void a_tiny_world_has_the_odd_cases_first() {
        World tiny = World.generate(new WorldSpec(1, 1, 5, 0.1, NOW));

        assertThat(users(tiny).stream().map(SimUser::name))
                .containsExactlyInAnyOrder("t.ibe", "no-tags", "=cmd+calc@x.example", "hostile.tags", "three-keys");
        assertThat(users(World.generate(new WorldSpec(1, 4, 0, 0.1, NOW)))).isEmpty();
    }

    @Test
    void some_users_have_policies_of_their_own_a_boundary_or_an_address() {
        List<SimUser> users = users(World.generate(new WorldSpec(1, 1, 200, 0.1, NOW)));

        assertThat(users).anyMatch(user -> !user.inline().isEmpty());
        assertThat(users).anyMatch(user -> user.boundary() != null);
        assertThat(users).anyMatch(user -> user.tags().containsKey("Email"));
    }

    @Test
    void the_id_of_a_key_names_its_account_so_that_no_other_need_be_made() {
        World world = world(1);

        for (SimAccount account : world.accounts()) {
            for (SimUser user : account.allUsers()) {
                assertThat(user.keys()).allMatch(key -> world.accountOf(key.id()) == account);
            }
        }
        assertThat(world.accountOf("AKIAIOSFODNN7EXAMPLE")).isNull();
        assertThat(world.accountOf("short")).isNull();
        assertThat(world.admin().id()).startsWith("AKIA");
    }

    @Test
    void what_hostile_tags_hold_can_be_written_as_xml() {
        List<SimUser> users = users(world(1));

        assertThat(users.stream().flatMap(user -> user.tags().values().stream()))
                .allMatch(value -> value.chars().allMatch(c -> c >= ' ' || c == '\r' || c == '\n' || c == '\t'))
                .anyMatch(value -> value.indexOf('\u009b') >= 0);
    }

    @Test
    void a_report_tells_what_was_so_when_it_was_asked_for() {
        World world = world(1);
        SimAccount account = world.management();
        SimUser user = account.allUsers().getFirst();
        account.generateReport(NOW, Duration.ofSeconds(2));
        new AccessKeys(world)
                .update(account, user.name(), user.keys().getFirst().id(), false, NOW.plusSeconds(1));

        assertThat(account.report().csv()).contains("," + user.arn("aws", account.id()) + ",");
        assertThat(row(account, user))
                .contains(",true," + user.keys().getFirst().created().toString().replace("Z", "+00:00"));
        Instant later = NOW.plus(Duration.ofHours(5));
        account.generateReport(later, Duration.ZERO);
        assertThat(row(account, user))
                .contains(
                        ",false," + user.keys().getFirst().created().toString().replace("Z", "+00:00"));
    }

    private static String row(SimAccount account, SimUser user) {
        return account.report()
                .csv()
                .lines()
                .filter(line -> line.startsWith(user.name() + ","))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void secrets_do_not_show_themselves() {
        World world = world(1);
        SimKey key = world.admin();
        Sessions.Asked asked = new Sessions.Asked(
                "arn:aws:iam::111122223334:role/keyturn-read", "test", null, null, Duration.ofHours(1));
        Caller caller = world.caller(key.id(), null, NOW);
        Sessions.Temporary session = world.sessions().assume(caller, asked, NOW);

        assertThat(key + " " + caller + " " + session + " " + world.management().user("administrator"))
                .contains(key.id(), session.id())
                .doesNotContain(key.secret(), session.secret(), session.token());
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
