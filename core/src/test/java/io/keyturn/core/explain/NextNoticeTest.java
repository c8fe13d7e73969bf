package io.keyturn.core.explain;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Clue;
import io.keyturn.core.assess.Clues;
import io.keyturn.core.assess.Deadline;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Told;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NextNoticeTest {
    private static Optional<NextNotice> next(History history, User user, @Nullable KeyId key) {
        return next(rules(people()), history, Habits.NONE, Clues.NONE, user, key);
    }

    private static Optional<NextNotice> next(
            Rules rules, History history, Habits habits, Clues clues, User user, @Nullable KeyId key) {
        UserStory story = new Explainer(rules, history, habits, clues)
                .explain(snapshot(user), NOW)
                .getFirst();
        return NextNotice.of(rules, history, story, key);
    }

    /** Told of everything so many days ago. */
    private static History told(Instant at) {
        return Memories.of(new Told(at, Step.ROTATE, at.plus(days(30)))).spoken(at);
    }

    @Test
    void whatIsDueIsSaidNowThoughTheStageKeepsItBack() {
        NextNotice next =
                next(History.NONE, user("bob", key(2, 100, used(1))), null).orElseThrow();
        assertThat(next.at()).isEqualTo(NOW);
        assertThat(next.said()).singleElement().satisfies(said -> {
            assertThat(Objects.requireNonNull(said.remind().announced()).step()).isEqualTo(Step.ROTATE);
            assertThat(said.finding().credential()).isEqualTo(said.remind().credential());
        });
    }

    @Test
    void aHealthyKeyIsSpokenOfOnTheDayItIsFirstDue() {
        NextNotice next =
                next(History.NONE, user("bob", key(2, 10, used(0))), null).orElseThrow();
        // Idle comes before age: 30 days after the last use.
        assertThat(next.at()).isEqualTo(NOW.plus(days(30)));
    }

    @Test
    void it_is_due_at_the_hour_its_day_begins_and_not_at_that_of_the_question() {
        Instant used = ago(29).minus(Duration.ofHours(12));
        User bob = user("bob", key(2, 60, new LastUse.Used(used, "s3", "eu-west-1")));

        assertThat(next(History.NONE, bob, null).orElseThrow().at()).isEqualTo(used.plus(days(30)));
    }

    @Test
    void afterAMessageTheNextIsThatOfThePolicysRhythm() {
        // The new key comes 30 days after the word, and nothing is said before.
        NextNotice next =
                next(told(ago(2)), user("bob", key(2, 100, used(1))), null).orElseThrow();
        assertThat(next.at()).isEqualTo(NOW.plus(days(35)));
    }

    @Test
    void it_names_the_day_that_follows_from_what_runs_saw_of_the_keys_uses() {
        Rules watching = rules(people()).watching(days(100));
        User idle = user("bob", key(2, 55, used(50)));
        Observed young = new Observed(ago(40), ago(55), ago(50), days(5));
        Observed rare = new Observed(ago(200), ago(200), ago(50), days(40));

        assertThat(next(watching, History.NONE, (account, user, made) -> young, Clues.NONE, idle, null)
                        .orElseThrow()
                        .said()
                        .getFirst()
                        .remind()
                        .announced())
                .isEqualTo(new Deadline(Step.DEACTIVATE, "idle", NOW.plus(days(60))));
        // Used every forty days: nothing is said of it before it lies still for eighty, less the fifteen of the
        // warning.
        assertThat(next(watching, History.NONE, (account, user, made) -> rare, Clues.NONE, idle, null)
                        .orElseThrow()
                        .at())
                .isEqualTo(NOW.plus(days(15)));
        User two = user("bob", key(2, 55, used(50)), key(3, 54, used(50)));
        Habits each = (account, user, made) -> made.equals(ago(55)) ? young : rare;
        assertThat(next(watching, History.NONE, each, Clues.NONE, two, null)
                        .orElseThrow()
                        .said())
                .extracting(said -> said.finding().credential().keyId())
                .containsExactly(keyId(2));
    }

    @Test
    void it_goes_to_the_owner_that_a_clue_names() {
        Rules byMaker = new Rules(
                List.of(people()),
                List.of(),
                List.of(),
                List.of(new OwnerRule.AccountTag("Team"), new OwnerRule.Default("security")),
                Map.of(),
                days(30),
                true);
        Clues clues = user -> new Clue(Fact.notRead(), known(Map.of("Team", "billing")), Map.of());

        assertThat(next(byMaker, History.NONE, Habits.NONE, clues, user("bob", key(2, 100, used(1))), null)
                        .orElseThrow()
                        .said()
                        .getFirst()
                        .remind()
                        .owner())
                .isEqualTo(new Owner("billing", "account tag Team"));
    }

    @Test
    void oneKeyCanBeAskedOfAlone() {
        User two = user("eve", key(3, 100, used(1)), key(4, 80, used(1)));
        KeyId second =
                Objects.requireNonNull(two.keys().orElse(List.of()).get(1).id());
        assertThat(next(History.NONE, two, null).orElseThrow().said()).hasSize(2);
        assertThat(next(History.NONE, two, second).orElseThrow().said())
                .singleElement()
                .satisfies(
                        said -> assertThat(said.finding().credential().keyId()).isEqualTo(second));
        assertThat(next(History.NONE, user("none"), null)).isEmpty();
    }
}
