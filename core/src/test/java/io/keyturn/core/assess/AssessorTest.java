package io.keyturn.core.assess;

import static io.keyturn.core.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssessorTest {
    private static final Rules RULES = rules(people());

    private static List<Finding> assess(Rules rules, User... users) {
        return new Assessor(rules).assess(snapshot(users), NOW);
    }

    private static Finding one(Rules rules, User user) {
        List<Finding> findings = assess(rules, user);
        assertThat(findings).hasSize(1);
        return findings.getFirst();
    }

    private static List<String> ruleNames(Finding finding) {
        return finding.reasons().stream().map(Reason::rule).toList();
    }

    private static Rules exempting(LocalDate until) {
        Exemption exemption = new Exemption(new ArnPattern("arn:aws:iam::*:user/ann"), "sec", "sealed", until);
        return new Rules(RULES.policies(), List.of(exemption), List.of(), RULES.owners(), Map.of(), days(30), true);
    }

    @Test
    void standingFollowsTheLimitsToTheInstant() {
        assertThat(one(RULES, user("ann", key(1, 74, used(1)))).standing()).isEqualTo(Standing.HEALTHY);
        assertThat(one(RULES, user("ann", key(1, 75, used(1)))).standing()).isEqualTo(Standing.WARNED);
        assertThat(one(RULES, user("ann", key(1, 89, used(1)))).standing()).isEqualTo(Standing.WARNED);
        assertThat(one(RULES, user("ann", key(1, 90, used(1)))).standing()).isEqualTo(Standing.EXPIRED);
        assertThat(one(RULES, user("ann", key(1, 50, used(30)))).standing()).isEqualTo(Standing.WARNED);
        assertThat(one(RULES, user("ann", key(1, 50, used(45)))).standing()).isEqualTo(Standing.EXPIRED);
        assertThat(one(RULES, user("ann", key(1, 45, LastUse.NEVER_USED))).standing())
                .isEqualTo(Standing.EXPIRED);
    }

    @Test
    void aKeyMadeInTheFutureHasNoNegativeAge() {
        Finding finding = one(RULES, user("ann", key(1, -3, used(-1))));
        assertThat(finding.age()).isZero();
        assertThat(finding.idle()).isZero();
        assertThat(finding.standing()).isEqualTo(Standing.HEALTHY);
    }

    @Test
    void anUnknownLastUseIsUnknownUnlessTheKeyIsTooOldAnyway() {
        LastUse unread = new LastUse.Unknown("throttled");
        Finding young = one(RULES, user("ann", key(1, 5, unread)));
        assertThat(young.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(young.reasons()).contains(new Reason.LastUseUnknown("throttled"));
        assertThat(one(RULES, user("ann", key(1, 95, unread))).standing()).isEqualTo(Standing.EXPIRED);
    }

    @Test
    void whatMakesAKeyUnknownIsSaidBeforeThatItIsNearlyTooOld() {
        LastUse unread = new LastUse.Unknown("throttled");
        assertThat(one(RULES, user("ann", key(1, 80, unread))).reasons().getFirst())
                .isEqualTo(new Reason.LastUseUnknown("throttled"));
        User policies = withPolicies(user("ann", key(1, 80, used(1))), Fact.unknown("access denied"));
        assertThat(one(RULES, policies).reasons().getFirst()).isEqualTo(new Reason.LeakUnknown("access denied"));
        assertThat(one(RULES, user("ann", key(1, 95, unread))).reasons().getFirst())
                .isInstanceOf(Reason.PastAge.class);
    }

    @Test
    void quarantineMeansLeakedAndAnExemptionDoesNotHideIt() {
        User leaked = withPolicies(user("ann", key(1, 5, used(1))), known(List.of("AWSCompromisedKeyQuarantineV9")));
        assertThat(one(RULES, leaked).standing()).isEqualTo(Standing.LEAKED);
        assertThat(one(exempting(LocalDate.MAX), leaked).standing()).isEqualTo(Standing.LEAKED);
    }

    @Test
    void unreadablePoliciesLeaveALeakUnknownEvenForAnExemptUser() {
        User unread = withPolicies(user("ann", key(1, 5, used(1))), Fact.unknown("access denied"));
        Finding finding = one(RULES, unread);
        assertThat(finding.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(finding.reasons()).contains(new Reason.LeakUnknown("access denied"));
        assertThat(one(exempting(LocalDate.MAX), unread).standing()).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void anExemptionHoldsThroughItsLastDayAndItsEndIsSaid() {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        User old = user("ann", key(1, 400, used(1)));
        assertThat(one(exempting(today), old).standing()).isEqualTo(Standing.EXEMPT);
        Finding ended = one(exempting(today.minusDays(1)), old);
        assertThat(ended.standing()).isEqualTo(Standing.EXPIRED);
        assertThat(ruleNames(ended)).contains("exemption-ended");
    }

    @Test
    void twoKeysAreJudgedApartAndTheOverdueOneCannotBeRotated() {
        List<Finding> findings = assess(RULES, user("ann", key(1, 100, used(1)), key(2, 5, used(1))));
        assertThat(findings).extracting(Finding::standing).containsExactly(Standing.EXPIRED, Standing.HEALTHY);
        assertThat(ruleNames(findings.getFirst())).containsExactly("past-age", "two-keys");
        assertThat(findings.getLast().controls())
                .containsExactly("CIS-1.4 1.13", "CIS-3.0 1.13", "CIS-5.0 1.12", "CIS-6.0 2.12");
    }

    @Test
    void whatIsRotatedBeforeItIsOverdueIsKeptFromItByTheSameObstacles() {
        Limit early = new Limit(days(56), days(90), List.of(Step.REMIND, Step.ROTATE), List.of(Step.REMIND));
        Rules rules = rules(policy("early", Condition.ALWAYS, early, null));
        assertThat(ruleNames(one(rules, user("ann", key(1, 60, used(1)))))).containsExactly("near-age");
        assertThat(ruleNames(assess(rules, user("ann", key(1, 60, used(1)), key(2, 5, used(1))))
                        .getFirst()))
                .containsExactly("near-age", "two-keys");
        User code =
                tagged(user("ann", key(1, 60, used(1))), known(Map.of("aws:cloudformation:stack-name", "production")));
        assertThat(ruleNames(one(rules, code))).containsExactly("near-age", "owned-by-code");
        LastUse mail = new LastUse.Used(NOW, "ses", "eu-west-1");
        assertThat(ruleNames(one(rules, user("ann", key(1, 60, mail))))).containsExactly("near-age", "sends-mail");
        // Not yet warned of, nothing stands in the way of anything.
        assertThat(ruleNames(one(rules, user("ann", key(1, 50, mail))))).isEmpty();
    }

    @Test
    void anIdleKeyIsNeverRotated() {
        Finding finding = one(RULES, user("ann", key(1, 100, used(60))));
        assertThat(finding.deadlines()).extracting(d -> d.step().label()).doesNotContain("rotate");
        assertThat(finding.deadlines()).extracting(Deadline::at).isSorted();
    }

    @Test
    void aConditionThatFailsIsAProblemOfThatUserAndNeverANo() throws ConditionProblem {
        Rules rules = rules(policy("team", CelCondition.compile("user.tags['team'] == 'a'"), AGE, null), people());
        Finding finding = one(rules, user("ann", key(1, 5, used(1))));
        assertThat(finding.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(finding.governedBy()).isNull();
        assertThat(ruleNames(finding)).containsExactly("undecided");
        User tagged = tagged(user("bob", key(2, 5, used(1))), known(Map.of("team", "b")));
        assertThat(one(rules, tagged).governedBy()).isEqualTo("people");
    }

    @Test
    void noPolicyMeansUngovernedAndUnknown() {
        assertThat(ruleNames(one(rules(), user("ann", key(1, 5, used(1)))))).containsExactly("ungoverned");
    }

    @Test
    void rootKeysAndWhatCouldNotBeReadAreFindings() {
        User unread = user("ann").withKeys(Fact.unknown("throttled"));
        Snapshot present = snapshot(known(new RootKeys(true, List.of())), List.of(unread));
        List<Finding> findings = new Assessor(RULES).assess(present, NOW);
        assertThat(findings).extracting(Finding::standing).containsExactly(Standing.EXPIRED, Standing.UNKNOWN);
        assertThat(findings.getFirst().credential().principal()).isEqualTo(Principal.ROOT);
        assertThat(findings.getFirst().controls()).contains("CIS-5.0 1.3", "SecurityHub IAM.4");
        assertThat(findings.getLast().reasons()).contains(new Reason.KeysUnknown("throttled"));
        List<Finding> unknown = new Assessor(RULES).assess(snapshot(Fact.unknown("no"), List.of()), NOW);
        assertThat(unknown).extracting(Finding::standing).containsExactly(Standing.UNKNOWN);
    }

    @Test
    void unreadableTagsNeverLetALaterLinkNameTheOwner() {
        OwnerChain chain = new OwnerChain(List.of(new OwnerRule.Tag("Slack"), new OwnerRule.Default("sec")));
        User ann = user("ann");
        assertThat(chain.of(tagged(ann, Fact.unknown("denied")), NOW)).isInstanceOf(Fact.Unknown.class);
        assertThat(chain.of(ann, NOW)).isEqualTo(known(new Owner("sec", "default")));
        assertThat(chain.of(tagged(ann, known(Map.of("Slack", "U1"))), NOW))
                .isEqualTo(known(new Owner("U1", "tag Slack")));
        assertThat(new OwnerChain(List.of()).of(ann, NOW)).isEqualTo(Fact.notRead());
    }

    @Test
    void findingsNeverDependOnTheOrderOfUsersAndKeys() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            List<User> users = new ArrayList<>();
            List<User> turned = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                List<AccessKey> keys = new ArrayList<>();
                for (int k = 0; k < random.nextInt(4); k++) {
                    keys.add(key(10 * i + k, random.nextInt(120), used(random.nextInt(60))));
                }
                users.add(user("u" + i).withKeys(known(List.copyOf(keys))));
                Collections.shuffle(keys, random);
                turned.add(user("u" + i).withKeys(known(List.copyOf(keys))));
            }
            Collections.shuffle(turned, random);
            Assessor assessor = new Assessor(RULES);
            assertThat(assessor.assess(snapshot(known(RootKeys.NONE), turned), NOW))
                    .as("seed %d", seed)
                    .isEqualTo(assessor.assess(snapshot(known(RootKeys.NONE), users), NOW));
        }
    }

    @Test
    void anOlderKeyNeverStandsBetter() {
        Standing before = Standing.HEALTHY;
        for (int age = 0; age < 200; age++) {
            Standing standing = one(RULES, user("ann", key(1, age, used(0)))).standing();
            assertThat(standing).as("at %d days", age).isLessThanOrEqualTo(before);
            before = standing;
        }
    }
}
