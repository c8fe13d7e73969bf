package io.keyturn.core.plan;

import static io.keyturn.core.Samples.*;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often an owner hears who does nothing, day by day. */
class RhythmTest {
    private static final Limit ASKS =
            new Limit(days(75), days(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET));
    private static final Limit CUTS =
            new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.DEACTIVATE));

    /** Remembers every word, placed or merely on its way. */
    private static final class Remembered implements History {
        private final List<Told> said = new ArrayList<>();
        private final boolean placed;
        private @Nullable Instant answered;

        Remembered(boolean placed) {
            this.placed = placed;
        }

        @Override
        public List<Told> told(CredentialId credential) {
            return placed ? said : List.of();
        }

        @Override
        public List<Told> said(CredentialId credential) {
            return said;
        }

        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return said.isEmpty() ? null : said.getLast().at();
        }

        @Override
        public List<Instant> spoken(CredentialId credential) {
            return said.stream().map(Told::at).toList();
        }

        @Override
        public @Nullable Instant answered(CredentialId credential) {
            return answered;
        }

        @Override
        public @Nullable Instant inactiveSince(CredentialId credential) {
            return null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return List.of();
        }
    }

    private static Policy policy(@Nullable Limit age, @Nullable Limit idle, Duration every) {
        return new Policy("p", Condition.ALWAYS, age, idle, every, ROTATION, days(30), false);
    }

    /** The days, counted from the first, on which the owner hears. */
    private static List<Integer> wordsIn(int days, Rules rules, Remembered past, User user) {
        List<Integer> heard = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            Instant now = NOW.plus(days(day));
            var findings = new Assessor(rules).assess(snapshot(user), past, now);
            for (Action action : new Planner(rules.at(Stage.NOTIFY), past)
                    .plan(ACCOUNT, findings, now)
                    .due()) {
                if (action instanceof Action.Remind remind) {
                    heard.add(day);
                    var announced = remind.announced();
                    past.said.add(
                            announced == null
                                    ? new Told(now, Step.REMIND, now)
                                    : new Told(now, announced.step(), announced.at()));
                }
            }
        }
        return heard;
    }

    @Test
    void whoDoesNothingAboutAKeyThatNothingHappensToHearsEverLessOften() {
        Rules rules = rules(policy(ASKS, null, days(7)));
        User old = user("ann", key(1, 100, used(1)));
        assertThat(wordsIn(365, rules, new Remembered(true), old))
                .containsExactly(0, 7, 21, 49, 105, 161, 217, 273, 329);
    }

    @Test
    void whoseKeyIsSwitchedOffHearsMoreOftenAsTheDayComesNear() {
        Rules rules = rules(policy(null, CUTS, days(7)));
        User idle = user("ann", key(1, 200, used(60)));
        // Told on the first day for 30 days later; afterwards the stage keeps the step back.
        assertThat(wordsIn(60, rules, new Remembered(true), idle)).containsExactly(0, 16, 27, 29, 37, 44, 58);
    }

    @Test
    void whoGetsANewKeyIsToldOnceBefore() {
        Rules rules = rules(policy(AGE, null, days(7)));
        User old = user("ann", key(1, 90, used(1)));
        // On the day itself the word is that the new key is there; here the stage keeps it back.
        assertThat(wordsIn(40, rules, new Remembered(true), old)).containsExactly(0, 37);
    }

    @Test
    void aWordThatWasNotPlacedIsSaidAgainInPausesThatGrow() {
        Rules rules = rules(policy(null, CUTS, days(7)));
        User idle = user("ann", key(1, 200, used(60)));
        assertThat(wordsIn(60, rules, new Remembered(false), idle)).containsExactly(0, 7, 21, 49);
    }

    @Test
    void a_step_that_was_not_told_yet_is_said_in_the_policys_own_time() {
        Rules rules = rules(policy(null, CUTS, days(7)));
        User idle = user("ann", key(1, 200, used(60)));
        Remembered words = new Remembered(true);
        words.said.add(new Told(ago(21), Step.REMIND, ago(21)));
        words.said.add(new Told(ago(7), Step.REMIND, ago(7)));
        Remembered onTheirWay = new Remembered(false);
        onTheirWay.said.add(new Told(ago(21), Step.DEACTIVATE, NOW));
        onTheirWay.said.add(new Told(ago(7), Step.DEACTIVATE, NOW));

        assertThat(wordsIn(1, rules, words, idle)).containsExactly(0);
        assertThat(wordsIn(1, rules, onTheirWay, idle)).isEmpty();
    }

    @Test
    void from_two_days_on_the_pauses_grow() {
        assertThat(new Rhythm(days(2), List.of(ago(4), ago(1))).easing()).isEqualTo(ago(1).plus(days(6)));
        assertThat(new Rhythm(days(2).minusSeconds(1), List.of(ago(4), ago(1))).easing())
                .isEqualTo(ago(1).plus(days(2)).minusSeconds(1));
    }

    @Test
    void aRhythmOfADayIsKept() {
        Rules rules = rules(policy(ASKS, null, days(1)));
        User old = user("ann", key(1, 100, used(1)));
        assertThat(wordsIn(5, rules, new Remembered(true), old)).containsExactly(0, 1, 2, 3, 4);
    }

    private static Optional<Instant> silent(Rules rules, History past, User user, long day) {
        Instant now = NOW.plus(days(day));
        var finding = new Assessor(rules).assess(snapshot(user), past, now).getFirst();
        var next = new Planner(rules.at(Stage.NOTIFY), past)
                .plan(ACCOUNT, List.of(finding), now)
                .next();
        return Silence.since(
                rules.escalation(),
                finding,
                next.isEmpty()
                        ? null
                        : new io.keyturn.core.assess.Deadline(
                                next.getFirst().step(), "age", next.getFirst().at()),
                past,
                now);
    }

    @Test
    void silenceBeginsWithTheFirstWordAndEndsWithAnAnswer() {
        Escalation leads = new Escalation(days(21), List.of(new OwnerRule.Default("#leads")));
        Rules rules = rules(policy(ASKS, null, days(7))).escalating(leads);
        User old = user("ann", key(1, 100, used(1)));
        Remembered past = new Remembered(true);
        wordsIn(22, rules, past, old);

        assertThat(silent(rules, past, old, 20)).isEmpty();
        assertThat(silent(rules, past, old, 21)).contains(NOW);
        assertThat(silent(rules.escalating(null), past, old, 21)).isEmpty();

        past.answered = NOW.plus(days(10));
        assertThat(silent(rules, past, old, 21)).isEmpty();
        assertThat(silent(rules, past, old, 42)).contains(NOW.plus(days(21)));
    }

    @Test
    void a_word_from_before_the_key_was_used_again_begins_no_silence() {
        Escalation leads = new Escalation(days(21), List.of(new OwnerRule.Default("#leads")));
        Rules rules = rules(policy(null, CUTS, days(7))).escalating(leads);
        User idle = user("ann", key(1, 200, used(45)));
        Remembered past = new Remembered(true);
        past.said.add(new Told(ago(70), Step.REMIND, ago(70)));
        assertThat(silent(rules, past, idle, 0)).isEmpty();

        past.said.add(new Told(ago(25), Step.REMIND, ago(25)));
        assertThat(silent(rules, past, idle, 0)).contains(ago(25));
    }

    @Test
    void whoNeedDoNothingBeforeTheirNewKeyIsThereIsNotSilent() {
        Escalation leads = new Escalation(days(7), List.of(new OwnerRule.Default("#leads")));
        Rules rules = rules(policy(AGE, null, days(7))).escalating(leads);
        User old = user("ann", key(1, 90, used(1)));
        Remembered past = new Remembered(true);
        wordsIn(20, rules, past, old);
        assertThat(silent(rules, past, old, 19)).isEmpty();
    }

    @Test
    void inTheOwnersPlaceHearsWhoeverTheEscalationNamesAndThenTheChain() {
        Escalation leads =
                new Escalation(days(7), List.of(new OwnerRule.Tag("Manager"), new OwnerRule.Default("#leads")));
        Assessor assessor = new Assessor(rules(people()).escalating(leads));
        User ann = tagged(user("ann", key(1, 90, used(1))), known(java.util.Map.of("Manager", "eve@example.com")));
        assertThat(assessor.owners(ann, ago(21), NOW))
                .extracting(owner -> owner.name() + " " + owner.source())
                .containsExactly(
                        "eve@example.com in the place of security, silent since 2026-10-11",
                        "#leads in the place of security, silent since 2026-10-11",
                        "security default");
    }

    @Test
    void whoWasNeverToldIsToldAtOnceAndNobodyHearsMoreOftenThanThePolicySays() {
        Rhythm never = new Rhythm(days(7), List.of());
        assertThat(never.steady()).isEqualTo(Instant.MIN);
        assertThat(never.easing()).isEqualTo(Instant.MIN);
        assertThat(never.towards(NOW)).isEqualTo(Instant.MIN);

        Rhythm steady = new Rhythm(Duration.ofHours(1), List.of(ago(1)));
        assertThat(steady.easing()).isEqualTo(ago(1).plus(Duration.ofHours(1)));
        assertThat(steady.towards(NOW.plus(days(99)))).isEqualTo(ago(1).plus(Duration.ofHours(1)));

        assertThat(new Rhythm(days(7), List.of(ago(3), ago(1))).easing()).isEqualTo(ago(1).plus(days(7)));
        assertThat(new Rhythm(days(7), List.of(ago(11), ago(1))).easing()).isEqualTo(ago(1).plus(days(20)));
    }
}
