package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.Samples;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.forecast.Forecast.What;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Hours;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ForecasterTest {
    private static final People NOTHING = People.DO_NOTHING;

    private static List<Instant> runs(int count) {
        return IntStream.range(0, count).mapToObj(day -> NOW.plus(days(day))).toList();
    }

    private static Forecast forecast(Rules rules, People people, int count, User... users) {
        Forecaster forecaster = new Forecaster(rules, Habits.NONE, people, ForecastHours.ANY);
        forecaster.add(snapshot(users), History.NONE);
        return forecaster.over(runs(count));
    }

    private static Rules enforced() {
        return rules(people()).at(Stage.ENFORCE);
    }

    /** On which days that happens, counted from the first run. */
    private static List<Long> on(Forecast forecast, What what) {
        return forecast.events().stream()
                .filter(event -> event.what() == what)
                .map(event -> Duration.between(NOW, event.at()).toDays())
                .toList();
    }

    private static User young(AccessKey... keys) {
        return user("ann", keys);
    }

    @Test
    void a_used_key_whose_owner_does_nothing_is_rotated_and_never_cut() {
        Forecast forecast = forecast(enforced(), NOTHING, 365, young(key(1, 60, used(1))));

        // Told at 75 days of age, and 30 days after the first word a successor is made.
        assertThat(on(forecast, What.NOTICE)).startsWith(15L);
        assertThat(on(forecast, What.ROTATE)).containsExactly(45L);
        assertThat(on(forecast, What.DEACTIVATE)).isEmpty();
        assertThat(forecast.total(What.TICKET)).isPositive();
    }

    @Test
    void an_owner_who_reacts_in_time_replaces_the_key_before_it_is_rotated_and_so_again() {
        Forecast forecast = forecast(enforced(), new People(days(5)), 120, young(key(1, 60, used(1))));

        assertThat(on(forecast, What.NOTICE)).containsExactly(15L, 95L);
        assertThat(on(forecast, What.REPLACE)).containsExactly(20L, 100L);
        assertThat(on(forecast, What.ROTATE)).isEmpty();
        assertThat(forecast.overdueAtEnd()).isZero();
    }

    @Test
    void a_slow_owner_installs_the_successor_and_the_old_key_ends_quietly() {
        Forecast forecast = forecast(enforced(), new People(days(40)), 250, young(key(1, 60, used(1))));

        assertThat(on(forecast, What.ROTATE)).hasSizeGreaterThanOrEqualTo(1).startsWith(45L);
        long installed = on(forecast, What.INSTALL).getFirst();
        long off = on(forecast, What.DEACTIVATE).getFirst();
        assertThat(installed).isGreaterThan(45);
        assertThat(off).isGreaterThanOrEqualTo(installed + 14);
        assertThat(on(forecast, What.DELETE).getFirst()).isGreaterThanOrEqualTo(off + 75);
    }

    @Test
    void an_idle_key_ends_after_its_notice_and_its_cool_down() {
        Forecast forecast = forecast(enforced(), NOTHING, 200, young(key(1, 60, used(50))));

        assertThat(on(forecast, What.NOTICE)).startsWith(0L);
        assertThat(on(forecast, What.DEACTIVATE)).containsExactly(30L);
        assertThat(on(forecast, What.DELETE))
                .singleElement()
                .satisfies(day -> assertThat(day).isBetween(105L, 140L));
        assertThat(forecast.overdueNow()).isEqualTo(1);
        assertThat(forecast.overdueAtEnd()).isZero();
    }

    @Test
    void who_stays_silent_hears_less_and_less_as_in_real_runs() {
        Rules told = rules(people()).at(Stage.NOTIFY);
        List<Long> words = on(forecast(told, NOTHING, 200, young(key(1, 60, used(1)))), What.NOTICE);

        assertThat(words).hasSizeBetween(4, 12);
        assertThat(words.getLast() - words.get(words.size() - 2)).isGreaterThanOrEqualTo(14);
    }

    @Test
    void an_idle_key_whose_owner_reacts_is_removed_by_hand() {
        Forecast forecast = forecast(enforced(), new People(days(3)), 60, young(key(1, 60, used(50))));

        assertThat(on(forecast, What.REPLACE)).containsExactly(3L);
        assertThat(on(forecast, What.DEACTIVATE)).isEmpty();
    }

    @Test
    void where_everything_is_only_observed_nothing_happens() {
        Forecast forecast = forecast(rules(people()), new People(days(3)), 30, young(key(1, 200, used(100))));

        assertThat(forecast.events()).isEmpty();
        assertThat(forecast.messages()).isZero();
        assertThat(forecast.overdueAtEnd()).isEqualTo(1);
    }

    @Test
    void one_message_a_day_holds_all_keys_of_its_owner() {
        Forecast forecast =
                forecast(enforced(), NOTHING, 1, user("ann", key(1, 80, used(1))), user("bob", key(2, 80, used(1))));

        assertThat(forecast.total(What.NOTICE)).isEqualTo(2);
        assertThat(forecast.messages()).isEqualTo(1);
    }

    @Test
    void a_cap_lets_a_backlog_go_in_waves_and_says_what_waits() {
        Rules plain = enforced();
        Rules capped = new Rules(
                plain.policies(),
                plain.exemptions(),
                plain.stages(),
                plain.owners(),
                Map.of(Capped.DEACTIVATE, new Caps(new Caps.Cap(2, days(1)), null, null)),
                plain.firstNotice(),
                true);
        User[] users = IntStream.rangeClosed(1, 5)
                .mapToObj(i -> user("user-" + i, key(i, 60, used(50))))
                .toArray(User[]::new);

        Forecast forecast = forecast(capped, NOTHING, 40, users);

        assertThat(on(forecast, What.DEACTIVATE)).containsExactly(30L, 30L, 31L, 31L, 32L);
        assertThat(forecast.weeks().get(4).deferred()).containsExactly(Map.entry("deactivate global", 3));
    }

    @Test
    void outside_the_window_nothing_is_changed_and_owners_are_told_all_the_same() {
        ActWindow.Freeze always = new ActWindow.Freeze(LocalDate.of(2026, 1, 1), LocalDate.of(2028, 1, 1));
        ActWindow never = new ActWindow(
                EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, null, List.of(always));
        Forecaster forecaster = new Forecaster(
                enforced(), Habits.NONE, NOTHING, new ForecastHours(new Hours(never, null), ZoneOffset.UTC));
        forecaster.add(snapshot(young(key(1, 60, used(50)))), History.NONE);
        Forecast forecast = forecaster.over(runs(90));

        assertThat(on(forecast, What.DEACTIVATE)).isEmpty();
        assertThat(forecast.total(What.NOTICE)).isPositive();
    }

    @Test
    void keys_without_a_known_id_are_told_apart_and_show_none() {
        AccessKey first = new AccessKey(1, null, true, NOW.minus(days(60)), used(50), NOW);
        AccessKey second = new AccessKey(2, null, true, NOW.minus(days(50)), used(49), NOW);
        Forecast forecast = forecast(enforced(), NOTHING, 45, young(first, second));

        assertThat(forecast.keys()).isEqualTo(2);
        assertThat(on(forecast, What.DEACTIVATE)).hasSize(2);
        assertThat(forecast.events())
                .allSatisfy(event -> assertThat(event.lastFour()).isNull());
    }

    @Test
    void a_key_that_is_off_already_is_left_alone_where_its_end_is_not_on_record() {
        Forecast forecast = forecast(enforced(), NOTHING, 90, young(inactive(key(1, 400, LastUse.NEVER_USED))));

        assertThat(forecast.total(What.DELETE)).isZero();
    }

    @Test
    void weeks_hold_seven_runs_and_the_last_what_is_left() {
        Forecast forecast = forecast(enforced(), NOTHING, 16, young(key(1, 60, used(50))));

        assertThat(forecast.weeks()).hasSize(3);
        assertThat(forecast.weeks().get(1).first()).isEqualTo(NOW.plus(days(7)));
        assertThat(forecast.days()).isEqualTo(16);
    }

    @Test
    void the_same_accounts_come_to_the_same_forecast() {
        List<User> users = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            users.add(user("user-" + i, key(i, i * 9L, i % 3 == 0 ? used(i) : used(1))));
        }
        Snapshot snapshot = snapshot(users.toArray(User[]::new));
        Snapshot turned = snapshot(users.reversed().toArray(User[]::new));
        Forecaster one = new Forecaster(enforced(), Habits.NONE, new People(days(9)), ForecastHours.ANY);
        one.add(snapshot, History.NONE);
        Forecaster other = new Forecaster(enforced(), Habits.NONE, new People(days(9)), ForecastHours.ANY);
        other.add(turned, History.NONE);

        Forecast forecast = one.over(runs(200));
        assertThat(other.over(runs(200)).weeks()).isEqualTo(forecast.weeks());
        assertThat(forecast.total(What.REPLACE)).isPositive();
    }

    @Test
    void what_must_be_watched_for_a_time_is_watched_from_the_first_run_on() {
        Forecast forecast = forecast(enforced().watching(days(100)), NOTHING, 150, young(key(1, 20, used(50))));

        assertThat(on(forecast, What.DEACTIVATE))
                .singleElement()
                .satisfies(day -> assertThat(day).isGreaterThanOrEqualTo(100));
    }

    /** A past in which that key was switched off and announced to be deleted, or its ticket stands open. */
    private record Past(KeyId key, @Nullable Instant inactive, List<Told> told, List<OpenedTicket> tickets)
            implements History {
        @Override
        public List<Told> told(CredentialId credential) {
            return key.equals(credential.keyId()) ? told : List.of();
        }

        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return told.isEmpty() || !key.equals(credential.keyId())
                    ? null
                    : told.getLast().at();
        }

        @Override
        public @Nullable Instant inactiveSince(CredentialId credential) {
            return key.equals(credential.keyId()) ? inactive : null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return List.of();
        }
    }

    private static Forecast after(History past, int count, User... users) {
        Forecaster forecaster = new Forecaster(enforced(), Habits.NONE, NOTHING, ForecastHours.ANY);
        forecaster.add(snapshot(users), past);
        return forecaster.over(runs(count));
    }

    @Test
    void what_was_begun_before_goes_on_from_where_it_stands() {
        AccessKey off = inactive(key(1, 400, used(200)));
        Told announced = new Told(ago(40), Step.DELETE, NOW.plus(days(10)));
        Past past = new Past(Samples.keyId(1), ago(80), List.of(announced), List.of());

        assertThat(on(after(past, 30, young(off)), What.DELETE)).containsExactly(10L);
    }

    @Test
    void notices_of_the_past_and_of_the_forecast_count_together() {
        Told announced = new Told(ago(20), Step.DEACTIVATE, NOW.plus(days(10)));
        Past past = new Past(Samples.keyId(1), null, List.of(announced), List.of());

        assertThat(on(after(past, 120, young(key(1, 60, used(50)))), What.DEACTIVATE))
                .containsExactly(10L);
    }

    @Test
    void a_ticket_that_stands_open_is_not_filed_again_and_ends_with_its_key() {
        Target target = new Target(Samples.ACCOUNT.id(), young().id(), young().name(), Samples.keyId(1));
        OpenedTicket open = new OpenedTicket(target, ago(1), "marker", "OPS-42");
        Past past = new Past(Samples.keyId(1), null, List.of(), List.of(open));

        assertThat(after(past, 20, young(key(1, 100, used(1)))).total(What.TICKET))
                .isZero();
        assertThat(after(past, 20, young(key(1, 10, used(1)))).total(What.TICKET))
                .isZero();
    }

    @Test
    void caps_of_an_account_count_apart_and_over_their_own_time() {
        Rules plain = enforced();
        Rules capped = new Rules(
                plain.policies(),
                plain.exemptions(),
                plain.stages(),
                plain.owners(),
                Map.of(
                        Capped.DEACTIVATE,
                        new Caps(new Caps.Cap(3, days(1)), new Caps.Cap(1, days(2)), null),
                        Capped.OWNERS_TOLD,
                        new Caps(new Caps.Cap(1, days(7)), null, null)),
                plain.firstNotice(),
                true);
        Forecaster forecaster = new Forecaster(capped, Habits.NONE, NOTHING, ForecastHours.ANY);
        forecaster.add(snapshot(user("ann", key(1, 60, used(50))), user("bob", key(2, 60, used(50)))), History.NONE);
        Snapshot other = snapshot(user("carl", key(3, 60, used(50))));
        forecaster.add(
                new Snapshot(
                        Samples.account("222233334444", "Sandbox"),
                        other.via(),
                        other.asOf(),
                        other.reading(),
                        List.of(),
                        other.root(),
                        other.users()),
                History.NONE);

        Forecast forecast = forecaster.over(runs(60));

        assertThat(on(forecast, What.DEACTIVATE)).containsExactly(30L, 30L, 32L);
        assertThat(forecast.messages()).isLessThan(10);
    }

    @Test
    void a_forecast_without_runs_is_refused() {
        assertThatThrownBy(() -> new Forecaster(enforced(), Habits.NONE, NOTHING, ForecastHours.ANY).over(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a forecast takes one run at least");
        assertThatThrownBy(() -> new People(days(-1))).hasMessage("nobody reacts before the first word");
    }
}
