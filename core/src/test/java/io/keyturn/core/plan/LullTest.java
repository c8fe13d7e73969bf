package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Validity;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How long nothing is due is said too short at most, and never too long. */
class LullTest {
    private static final Rules RULES = rules(people()).at(Stage.ENFORCE);

    /** Goes through the days as they come if nothing happens, and gives back on how many of them something is due. */
    private static int dueDays(History past, User user) {
        Assessor assessor = new Assessor(RULES);
        Validity validity = new Validity(RULES);
        Planner planner = new Planner(RULES, past);
        Instant quiet = Instant.MIN;
        int due = 0;
        for (int day = 0; day < 150; day++) {
            Instant now = NOW.plus(days(day));
            List<Finding> findings = assessor.assess(snapshot(user), past, now);
            List<Action> actions = planner.plan(ACCOUNT, findings, now).due();
            if (!actions.isEmpty()) {
                assertThat(quiet).as("on day %d: %s", day, actions).isBeforeOrEqualTo(now);
                due++;
            }
            Instant until = findings.stream()
                    .flatMap(finding -> Stream.of(
                            validity.until(finding, false, now), planner.quietUntil(ACCOUNT, finding, false, now)))
                    .min(Instant::compareTo)
                    .orElseThrow();
            assertThat(actions.isEmpty() || !until.isAfter(now)).isTrue();
            quiet = until.isAfter(quiet) ? until : quiet;
        }
        return due;
    }

    private static Told end(int announced, int due) {
        return new Told(ago(announced), Step.DEACTIVATE, NOW.plus(days(due)));
    }

    @Test
    void rotations_go_on_at_their_instants() {
        int due = 0;
        for (int use : List.of(0, 3, 12, 20)) {
            for (int installed : List.of(0, 1)) {
                User ann = user("ann", key(1, 200, used(use)), key(2, 30, used(installed == 1 ? 25 : 30)));
                Rotated told =
                        Rotated.delivered(keyId(1), keyId(2), 30).telling(new Told(ago(29), Step.REMIND, ago(29)));
                for (int days : List.of(-3, 1, 9, 16)) {
                    due += dueDays(told.telling(end(20, days)), ann);
                    due += dueDays(told.telling(end(20, -10)).telling(end(5, days)), ann);
                }
                due += dueDays(told, ann);
            }
        }
        assertThat(due).isPositive();
    }

    @Test
    void a_key_that_is_off_is_deleted_at_its_instant() {
        Told announced = new Told(ago(20), Step.DELETE, NOW.plus(days(12)));

        assertThat(dueDays(
                        new Memories(List.of(announced), ago(20), ago(60), null),
                        user("ann", inactive(key(1, 300, used(90))))))
                .isPositive();
        assertThat(dueDays(
                        new Memories(List.of(), ago(3), ago(60), null), user("ann", inactive(key(1, 300, used(90))))))
                .isPositive();
    }

    @Test
    void what_is_held_goes_on_when_nothing_holds_it_any_more() {
        Hold hold = new Hold(true, "snoozed", NOW.plus(days(8)));

        assertThat(dueDays(new Memories(List.of(end(40, -2)), ago(40), null, hold), user("ann", key(1, 80, used(50)))))
                .isPositive();
    }

    @Test
    void an_announced_end_comes_on_its_day() {
        for (int due : List.of(3, 12, 33)) {
            Memories past = new Memories(List.of(end(31, due)), NOW.plus(days(200)), null, null);
            assertThat(dueDays(past, user("ann", key(1, 80, used(50))))).isPositive();
        }
    }
}
