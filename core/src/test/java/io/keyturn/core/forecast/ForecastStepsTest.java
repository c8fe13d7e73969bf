package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ROTATION;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Forgetful;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.forecast.Forecast.What;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one step of a forecast makes of the next. */
class ForecastStepsTest {
    private static Forecast forecast(Rules rules, People people, History past, int runs, User... users) {
        Forecaster forecaster = new Forecaster(rules.at(Stage.ENFORCE), Habits.NONE, people, ForecastHours.ANY);
        forecaster.add(snapshot(users), past);
        return forecaster.over(
                IntStream.range(0, runs).mapToObj(day -> NOW.plus(days(day))).toList());
    }

    /** On which days that happens, counted from the first run. */
    private static List<Long> on(Forecast forecast, What what) {
        return forecast.events().stream()
                .filter(event -> event.what() == what)
                .map(event -> Duration.between(NOW, event.at()).toDays())
                .toList();
    }

    /** A past in which a ticket of the one key stands open. */
    private static final History TICKETED = new Forgetful() {
        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return null;
        }

        @Override
        public List<OpenedTicket> tickets() {
            User ann = user("ann");
            return List.of(new OpenedTicket(
                    new Target(ACCOUNT.id(), ann.id(), ann.name(), keyId(1)), ago(1), "marker", "OPS-42"));
        }
    };

    @Test
    void a_key_whose_ticket_was_closed_gets_another_one_once_it_is_overdue() {
        Rules rules = rules(new Policy("p", Condition.ALWAYS, AGE, null, days(7), null, days(30), false));

        assertThat(on(forecast(rules, People.DO_NOTHING, TICKETED, 90, user("ann", key(1, 10, used(1)))), What.TICKET))
                .containsExactly(80L);
    }

    @Test
    void a_ticket_announces_what_comes_where_nobody_is_written_to() {
        Limit idle = new Limit(days(30), days(45), List.of(), List.of(Step.TICKET, Step.DEACTIVATE));
        Rules rules = rules(new Policy("p", Condition.ALWAYS, null, idle, days(7), ROTATION, days(30), false));
        Forecast forecast = forecast(rules, People.DO_NOTHING, History.NONE, 60, user("ann", key(1, 60, used(50))));

        assertThat(on(forecast, What.TICKET)).containsExactly(0L);
        assertThat(on(forecast, What.DEACTIVATE)).containsExactly(30L);
    }

    @Test
    void an_owner_takes_their_time_anew_from_the_word_that_the_new_key_is_there() {
        Forecast forecast =
                forecast(rules(people()), new People(days(40)), History.NONE, 100, user("ann", key(1, 60, used(1))));

        assertThat(on(forecast, What.ROTATE)).containsExactly(45L);
        assertThat(on(forecast, What.INSTALL)).containsExactly(86L);
    }

    @Test
    void what_happens_names_the_key_its_policy_and_who_owns_it() {
        Rules named = rules(people());
        Rules unowned = new Rules(
                named.policies(), List.of(), List.of(), List.of(new OwnerRule.Tag("Owner")), Map.of(), days(30), true);

        assertThat(Stream.of(named, unowned)
                        .map(rules -> forecast(
                                        rules, People.DO_NOTHING, History.NONE, 1, user("ann", key(1, 100, used(1))))
                                .events()
                                .getLast()))
                .containsExactly(ticket("security"), ticket(null));
    }

    private static Forecast.Event ticket(@Nullable String owner) {
        return new Forecast.Event(
                NOW, What.TICKET, ACCOUNT.id(), "production", new UserName("ann"), ago(100), "0001", owner, "people");
    }

    @Test
    void a_week_says_what_waited_in_it_and_events_come_in_order_of_time() {
        ForecastTally tally = new ForecastTally();
        Forecast.Event event = ticket("security");
        Forecast.Event later = new Forecast.Event(
                NOW.plus(days(1)),
                What.DELETE,
                event.account(),
                "production",
                event.user(),
                event.created(),
                "0001",
                null,
                null);
        for (int run = 0; run < 8; run++) {
            tally.begin(NOW.plus(days(run)));
            if (run == 1) {
                tally.deferred(new Plan.Deferred(
                        new Action.Delete(
                                new CredentialId(
                                        CredentialId.Kind.ACCESS_KEY,
                                        ACCOUNT.id(),
                                        Principal.ROOT,
                                        null,
                                        keyId(1),
                                        NOW),
                                List.of()),
                        "delete global",
                        1,
                        1,
                        2));
                tally.happened(later);
                tally.happened(event);
            }
        }
        Forecast forecast = tally.forecast(NOW, 1);

        assertThat(forecast.weeks())
                .extracting(Forecast.Week::deferred)
                .containsExactly(Map.of("delete global", 1), Map.of());
        assertThat(forecast.weeks()).extracting(week -> week.count(What.DELETE)).containsExactly(1, 0);
        assertThat(forecast.events()).containsExactly(event, later);
    }

    @Test
    void everything_that_happens_has_its_word() {
        assertThat(What.values())
                .extracting(What::label)
                .containsExactly(
                        "notice", "ticket", "rotate", "install", "replace", "brownout", "deactivate", "delete");
    }
}
