package io.keyturn.core.assess;

import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.IDLE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ROTATION;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.policy;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withBrownout;
import static io.keyturn.core.Samples.withPolicies;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of a key beside its limits. */
class KeyJudgeTest {
    private static final List<Duration> SHORT = List.of(Duration.ofMinutes(15));
    private static final User OLD = user("ann", key(1, 100, used(1)));

    /** Keyturn made one key in the place of another 20 days ago, and delivered it. */
    private static final Successions ROTATED = new Successions() {
        private final Succession only =
                new Succession(keyId(1), keyId(2), ago(20), new Succession.Delivery(ago(20), "vault/ann"));

        @Override
        public @Nullable Succession of(KeyId old) {
            return old.equals(only.old()) ? only : null;
        }

        @Override
        public @Nullable Succession by(KeyId successor) {
            return successor.equals(only.successor()) ? only : null;
        }

        @Override
        public boolean concern(UserId user) {
            return true;
        }
    };

    private static List<Finding> assess(Rules rules, Successions past, User user) {
        return new Assessor(rules).assess(snapshot(user), past, NOW);
    }

    private static List<String> reasons(Rules rules, Successions past, User user) {
        return assess(rules, past, user).getFirst().reasons().stream()
                .map(Reason::rule)
                .toList();
    }

    private static List<String> reasons(Rules rules, User user) {
        return reasons(rules, Successions.NONE, user);
    }

    /** Everybody is exempt until that day, and nobody owns anything. */
    private static Rules exempting(LocalDate until, Policy... policies) {
        Exemption all = new Exemption(new ArnPattern("*"), "sec", "sealed", until);
        return new Rules(
                List.of(policies),
                List.of(all),
                List.of(),
                List.of(new OwnerRule.Tag("Owner")),
                Map.of(),
                days(30),
                true);
    }

    @Test
    void only_the_policy_that_aws_attaches_to_leaked_keys_is_a_leak() {
        User reader = withPolicies(OLD, known(List.of("ReadOnlyAccess", "NotAWSCompromisedKeyQuarantine")));

        assertThat(assess(rules(people()), Successions.NONE, reader).getFirst().standing())
                .isEqualTo(Standing.EXPIRED);
    }

    @Test
    void only_the_tags_of_a_template_keep_a_key_from_being_replaced() {
        User plain = tagged(OLD, known(Map.of("Team", "billing", "cloudformation:stack-name", "web")));

        assertThat(reasons(rules(people()), plain)).containsExactly("past-age");
    }

    @Test
    void an_exemption_is_all_there_is_to_say_unless_a_leak_is_not_known_of() {
        Rules exempt = exempting(LocalDate.MAX, people());
        User unread = withPolicies(OLD, Fact.unknown("denied"));

        assertThat(reasons(exempt, OLD)).containsExactly("exempted");
        assertThat(reasons(exempt, unread)).containsExactly("exempted", "leak-unknown", "no-owner");
    }

    @Test
    void that_an_exemption_ended_is_said_of_a_key_that_no_policy_governs_too() {
        Rules ended = exempting(LocalDate.of(2020, 1, 1));

        assertThat(reasons(ended, OLD)).containsExactly("ungoverned", "exemption-ended", "no-owner");
    }

    @Test
    void short_deactivations_are_told_of_a_key_that_is_replaced() {
        User both = user("ann", key(1, 100, used(1)), key(2, 20, used(0)));

        assertThat(reasons(rules(withBrownout(people(), SHORT)), ROTATED, both))
                .containsExactly("succeeded", "brownouts");
    }

    @Test
    void short_deactivations_are_told_only_where_the_ladder_ends_in_one() {
        Policy never = withBrownout(policy("never", Condition.ALWAYS, AGE, null), SHORT);
        Policy cuts = withBrownout(
                policy(
                        "cuts",
                        Condition.ALWAYS,
                        new Limit(days(75), days(90), List.of(), List.of(Step.DEACTIVATE)),
                        null),
                SHORT);

        assertThat(reasons(rules(never), OLD)).containsExactly("past-age");
        assertThat(reasons(rules(cuts), OLD)).containsExactly("past-age", "brownouts");
    }

    @Test
    void of_a_lost_successor_it_is_told_whether_it_is_gone_or_off() {
        AccessKey old = key(1, 100, used(1));
        AccessKey off = inactive(key(2, 20, used(19)));

        assertThat(assess(rules(people()), ROTATED, user("ann", old)).getFirst().reasons())
                .contains(new Reason.SuccessorLost(keyId(2), true));
        assertThat(assess(rules(people()), ROTATED, user("ann", old, off))
                        .getFirst()
                        .reasons())
                .contains(new Reason.SuccessorLost(keyId(2), false));
    }

    @Test
    void a_report_from_before_the_rotation_does_not_tell_that_the_successor_is_gone() {
        AccessKey old = key(1, 100, used(1));
        AccessKey before = new AccessKey(old.slot(), old.id(), true, old.created(), old.lastUse(), ago(21));

        assertThat(assess(rules(people()), ROTATED, user("ann", before))
                        .getFirst()
                        .reasons())
                .contains(new Reason.Succeeded(keyId(2), ago(20), "vault/ann", false));
    }

    @Test
    void a_condition_on_the_key_is_asked_of_each_key_of_a_user() throws ConditionProblem {
        Policy fresh = new Policy(
                "fresh",
                CelCondition.compile("key.age < duration('240h')"),
                AGE,
                IDLE,
                days(7),
                ROTATION,
                days(30),
                false);
        User two = user("ann", key(1, 100, used(1)), key(2, 5, used(1)));

        assertThat(assess(rules(fresh, people()), Successions.NONE, two))
                .extracting(Finding::governedBy)
                .containsExactly("people", "fresh");
    }

    @Test
    void steps_of_one_instant_come_by_the_ladder_and_then_age_before_idleness() {
        Limit same = new Limit(days(30), days(45), List.of(Step.REMIND), List.of(Step.REMIND, Step.TICKET));
        User fresh = user("ann", key(1, 10, LastUse.NEVER_USED));

        assertThat(assess(rules(policy("p", Condition.ALWAYS, same, same)), Successions.NONE, fresh)
                        .getFirst()
                        .deadlines())
                .extracting(deadline -> deadline.step().label() + " " + deadline.limit())
                .containsExactly("remind age", "remind idle", "remind age", "remind idle", "ticket age", "ticket idle");
    }

    @Test
    void a_key_whose_gaps_are_half_its_limit_is_used_as_often_as_the_limit_foresees() {
        assertThat(new Observed(ago(200), ago(200), ago(1), days(20)).isPeriodic(days(40)))
                .isFalse();
        assertThat(new Observed(ago(200), ago(200), ago(1), days(20).plusSeconds(1)).isPeriodic(days(40)))
                .isTrue();
    }

    @Test
    void where_nothing_was_ever_made_nobody_is_concerned_and_nothing_was_compromised() {
        UserId ann = new UserId("AIDAANN");

        assertThat(Successions.NONE.concern(ann)).isFalse();
        assertThat(Successions.NONE.wasCompromised(ann)).isFalse();
    }
}
