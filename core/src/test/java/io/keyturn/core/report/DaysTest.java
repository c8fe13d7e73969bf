package io.keyturn.core.report;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Scheduled;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which steps of a key have a date already. */
class DaysTest {
    private static final Rules RULES = rules(people());

    private static Finding finding(AccessKey key) {
        return new Assessor(RULES).assess(snapshot(user("ann", key)), NOW).getFirst();
    }

    /** The days on which something happens to the key, from today on, and what. */
    private static List<String> steps(AccessKey key) {
        Finding finding = finding(key);
        AccountPlan plan = new Planner(RULES, History.NONE).plan(ACCOUNT, List.of(finding), NOW);
        Days days = new Days(NOW);
        days.add(finding, plan.next().getFirst());
        return told(days);
    }

    private static List<String> told(Days days) {
        List<Day> list = days.list();
        return list.stream()
                .filter(day -> day.steps() > 0)
                .map(day -> ChronoUnit.DAYS.between(list.getFirst().date(), day.date()) + ": " + day.notices()
                        + " told, " + day.rotations() + " rotated, " + day.deactivations() + " off, " + day.deletions()
                        + " gone")
                .toList();
    }

    @Test
    void a_key_in_use_goes_on_being_used_so_only_its_age_has_dates() {
        assertThat(steps(key(1, 10, used(1))))
                .containsExactly("65: 1 told, 0 rotated, 0 off, 0 gone", "80: 2 told, 1 rotated, 0 off, 0 gone");
    }

    @Test
    void nothing_more_comes_to_a_key_once_it_is_switched_off() {
        // Overdue by disuse and announced for 30 days on; its age would be warned of before, and be overdue after.
        assertThat(steps(key(1, 50, used(46))))
                .containsExactly("25: 1 told, 0 rotated, 0 off, 0 gone", "30: 0 told, 0 rotated, 1 off, 0 gone");
        // Warned of on the very day it goes.
        assertThat(steps(key(1, 45, used(45)))).containsExactly("30: 0 told, 0 rotated, 1 off, 0 gone");
    }

    @Test
    void the_last_day_and_the_last_week_are_the_ninety_first_and_the_thirteenth() {
        Finding finding = finding(key(1, 200, used(1)));
        for (int ahead : new int[] {90, 91}) {
            Days days = new Days(NOW);
            days.add(finding, new Scheduled(finding.credential(), Step.ROTATE, NOW.plus(days(ahead)), null, null));

            assertThat(days.list().getLast().rotations()).isEqualTo(ahead == 90 ? 1 : 0);
            assertThat(days.weeks().getLast().rotations()).isEqualTo(ahead == 90 ? 1 : 0);
        }
    }
}
