package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withBrownout;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Samples;
import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.OwnerZone;
import io.keyturn.core.forecast.Forecast.What;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.plan.Hours;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.ActWindow;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A forecast does what runs do in the hours in which they may: by the owners' clocks, with brownouts, and while people work. */
class ForecastHoursTest {
    private static final Duration SHORT = Duration.ofMinutes(15);
    private static final Duration LONG = Duration.ofHours(4);
    /** By the owner's clock, as everything else here begins on a Sunday at noon by UTC. */
    private static final ActWindow OFFICE = new ActWindow(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
            LocalTime.of(9, 0),
            LocalTime.of(15, 0),
            null,
            List.of());

    /** Idle for long: without anything else it is announced at once and switched off on day 30, a Tuesday. */
    private static final User IDLE = user("ann", key(1, 60, used(50)));

    private static Rules enforced(List<Duration> brownout) {
        Rules base = rules(withBrownout(people(), brownout));
        return new Rules(
                        base.policies(),
                        List.of(),
                        List.of(),
                        List.of(new OwnerRule.Tag("Owner"), new OwnerRule.Default("security")),
                        Map.of(),
                        days(30),
                        true)
                .at(Stage.ENFORCE);
    }

    private static Forecast forecast(ForecastHours hours, List<Duration> brownout, History past, User... users) {
        Forecaster forecaster = new Forecaster(enforced(brownout), Habits.NONE, People.DO_NOTHING, hours);
        forecaster.add(snapshot(users), past);
        return forecaster.over(
                IntStream.range(0, 60).mapToObj(day -> NOW.plus(days(day))).toList());
    }

    private static List<Instant> at(Forecast forecast, What what) {
        return forecast.events().stream()
                .filter(event -> event.what() == what)
                .map(Forecast.Event::at)
                .toList();
    }

    @Test
    void short_deactivations_come_a_day_apart_and_the_final_one_after_them() {
        Forecast forecast = forecast(ForecastHours.ANY, List.of(SHORT, LONG), History.NONE, IDLE);

        assertThat(at(forecast, What.BROWNOUT)).containsExactly(NOW.plus(days(30)), NOW.plus(days(31)));
        assertThat(at(forecast, What.DEACTIVATE)).containsExactly(NOW.plus(days(32)));
        assertThat(forecast.total(What.BROWNOUT)).isEqualTo(2);
    }

    /** A past in which the end of the key was announced, and the first brownout is under way. */
    private record Begun(List<Told> said, List<Brownout> had) implements History {
        @Override
        public List<Told> told(CredentialId credential) {
            return said;
        }

        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return said.getLast().at();
        }

        @Override
        public @Nullable Instant inactiveSince(CredentialId credential) {
            return null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return List.of();
        }

        @Override
        public List<Brownout> brownouts(KeyId key) {
            return key.equals(Samples.keyId(1)) ? had : List.of();
        }
    }

    @Test
    void one_that_is_under_way_ends_and_the_rest_follow_it() {
        Begun past = new Begun(
                List.of(new Told(ago(40), Step.DEACTIVATE, ago(1))),
                List.of(new Brownout(NOW.minus(Duration.ofHours(1)), SHORT, null, true)));
        Forecast forecast =
                forecast(ForecastHours.ANY, List.of(SHORT, LONG), past, user("ann", inactive(key(1, 60, used(50)))));

        assertThat(at(forecast, What.BROWNOUT)).containsExactly(NOW.plus(days(1)));
        assertThat(at(forecast, What.DEACTIVATE)).containsExactly(NOW.plus(days(2)));
    }

    private static User inZone(String zone) {
        return tagged(IDLE, Fact.known(Map.of("Owner", "ann", OwnerZone.TAG, zone), NOW));
    }

    @Test
    void a_window_by_the_owners_clock_opens_when_their_office_does() {
        ForecastHours hours = new ForecastHours(new Hours(OFFICE, null), ZoneOffset.UTC);

        // In Sydney that Tuesday is nearly over at noon by UTC; in Honolulu it has not begun yet.
        assertThat(at(forecast(hours, List.of(), History.NONE, inZone("Australia/Sydney")), What.DEACTIVATE))
                .containsExactly(Instant.parse("2026-12-01T22:00:00Z"));
        assertThat(at(forecast(hours, List.of(), History.NONE, inZone("Pacific/Honolulu")), What.DEACTIVATE))
                .containsExactly(Instant.parse("2026-12-01T19:00:00Z"));
        assertThat(at(forecast(hours, List.of(), History.NONE, IDLE), What.DEACTIVATE))
                .containsExactly(NOW.plus(days(30)));
        ForecastHours elsewhere = new ForecastHours(new Hours(OFFICE, null), ZoneId.of("Australia/Sydney"));
        assertThat(at(forecast(elsewhere, List.of(), History.NONE, IDLE), What.DEACTIVATE))
                .containsExactly(Instant.parse("2026-12-01T22:00:00Z"));
    }

    @Test
    void where_nobody_is_known_to_own_the_key_the_clock_of_the_configuration_counts() {
        Action off = new Action.Deactivate(
                new CredentialId(
                        CredentialId.Kind.ACCESS_KEY,
                        Samples.ACCOUNT.id(),
                        Principal.ROOT,
                        null,
                        Samples.keyId(1),
                        NOW),
                List.of());
        Instant tuesday = NOW.plus(days(30));

        assertThat(new ForecastHours(new Hours(OFFICE, null), ZoneOffset.UTC).of(off, null, tuesday))
                .isEqualTo(tuesday);
        assertThat(new ForecastHours(new Hours(OFFICE, null), ZoneId.of("Australia/Sydney")).of(off, null, tuesday))
                .isEqualTo(Instant.parse("2026-12-01T22:00:00Z"));
    }

    @Test
    void days_on_which_the_window_stays_closed_are_passed_over() {
        ActWindow fridays = new ActWindow(
                EnumSet.of(DayOfWeek.FRIDAY), LocalTime.of(9, 0), LocalTime.of(15, 0), ZoneOffset.UTC, List.of());

        assertThat(at(
                        forecast(
                                new ForecastHours(new Hours(fridays, null), ZoneOffset.UTC),
                                List.of(),
                                History.NONE,
                                IDLE),
                        What.DEACTIVATE))
                .containsExactly(Instant.parse("2026-12-04T09:00:00Z"));
    }

    @Test
    void a_brownout_begins_only_where_it_ends_while_people_work() {
        Forecast forecast =
                forecast(new ForecastHours(new Hours(OFFICE, null), ZoneOffset.UTC), List.of(LONG), History.NONE, IDLE);

        // Four hours from noon on would end after three o'clock.
        assertThat(at(forecast, What.BROWNOUT)).containsExactly(Instant.parse("2026-12-02T09:00:00Z"));
        assertThat(at(forecast, What.DEACTIVATE)).containsExactly(Instant.parse("2026-12-03T12:00:00Z"));
    }

    @Test
    void owners_are_told_while_they_work_unless_it_would_be_too_late_then() {
        Forecast forecast =
                forecast(new ForecastHours(new Hours(null, OFFICE), ZoneOffset.UTC), List.of(), History.NONE, IDLE);

        assertThat(at(forecast, What.NOTICE)).startsWith(Instant.parse("2026-11-02T09:00:00Z"));
        assertThat(at(forecast, What.NOTICE))
                .allSatisfy(notice ->
                        assertThat(OFFICE.isOpen(notice, ZoneOffset.UTC)).isTrue());
    }
}
