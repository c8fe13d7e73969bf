package io.keyturn.core.assess;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
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
import static io.keyturn.core.Samples.withPolicies;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EdgesTest {
    private static final Rules RULES = rules(people());

    private static List<Finding> assess(Rules rules, Instant now, User... users) {
        return new Assessor(rules).assess(snapshot(users), now);
    }

    private static Standing standing(Rules rules, Instant now, User user) {
        return assess(rules, now, user).getFirst().standing();
    }

    @Test
    void aLimitIsMetAtItsInstantAndNotASecondBefore() {
        Instant created = NOW.minus(days(90));
        User ann = user("ann", new AccessKey(null, keyId(1), true, created, used(0), NOW));
        assertThat(standing(RULES, NOW.minusSeconds(1), ann)).isEqualTo(Standing.WARNED);
        assertThat(standing(RULES, NOW, ann)).isEqualTo(Standing.EXPIRED);
        assertThat(standing(RULES, created.plus(days(75)).minusSeconds(1), ann)).isEqualTo(Standing.HEALTHY);
        assertThat(standing(RULES, created.plus(days(75)), ann)).isEqualTo(Standing.WARNED);
    }

    @Test
    void anAccountForDisasterRecoveryIsExemptFromIdlenessAndNotFromAge() {
        Account dr = new Account(ACCOUNT.id(), "dr", ACCOUNT.partition(), ACCOUNT.ou(), ACCOUNT.tags(), true);
        Snapshot idle = in(dr, user("ann", key(1, 60, LastUse.NEVER_USED)));
        Snapshot old = in(dr, user("ann", key(1, 91, used(1))));
        assertThat(new Assessor(RULES).assess(idle, NOW).getFirst().standing()).isEqualTo(Standing.HEALTHY);
        assertThat(new Assessor(RULES).assess(old, NOW).getFirst().standing()).isEqualTo(Standing.EXPIRED);
        Snapshot unread = in(dr, user("ann", key(1, 60, new LastUse.Unknown("throttled"))));
        assertThat(new Assessor(RULES).assess(unread, NOW).getFirst().standing())
                .isEqualTo(Standing.HEALTHY);
    }

    private static Snapshot in(Account account, User user) {
        Snapshot plain = snapshot(user);
        return new Snapshot(
                account, plain.via(), plain.asOf(), Reading.COMPLETE, plain.notes(), plain.root(), plain.users());
    }

    @Test
    void anExemptionEndsWithItsDayInUtc() {
        Exemption last = new Exemption(
                new ArnPattern("arn:aws:iam::*:user/ann"), "sec", "sealed", LocalDate.parse("2026-11-30"));
        Rules exempting =
                new Rules(RULES.policies(), List.of(last), List.of(), RULES.owners(), Map.of(), days(30), true);
        User ann = user("ann", key(1, 400, used(1)));
        assertThat(standing(exempting, Instant.parse("2026-11-30T23:59:59Z"), ann))
                .isEqualTo(Standing.EXEMPT);
        assertThat(standing(exempting, Instant.parse("2026-12-01T00:00:00Z"), ann))
                .isEqualTo(Standing.EXPIRED);
    }

    @Test
    void ofSeveralExemptionsThatEndedTheLatestIsNamed() {
        ArnPattern all = new ArnPattern("*");
        Rules exempting = new Rules(
                RULES.policies(),
                List.of(
                        new Exemption(all, "a", "x", LocalDate.parse("2026-01-01")),
                        new Exemption(all, "b", "x", LocalDate.parse("2026-03-01")),
                        new Exemption(all, "c", "x", LocalDate.parse("2026-02-01")),
                        new Exemption(new ArnPattern("nobody"), "d", "x", LocalDate.MAX)),
                List.of(),
                RULES.owners(),
                Map.of(),
                days(30),
                true);
        Finding finding =
                assess(exempting, NOW, user("ann", key(1, 100, used(1)))).getFirst();
        assertThat(finding.reasons())
                .filteredOn(Reason.ExemptionEnded.class::isInstance)
                .extracting(r -> ((Reason.ExemptionEnded) r).exemption().owner())
                .containsExactly("b");
    }

    @Test
    void fourKeysAreFourFindingsEachJudgedAlone() {
        User many = user(
                "ann", key(1, 200, used(1)), key(2, 80, used(1)), key(3, 5, used(1)), inactive(key(4, 300, used(200))));
        assertThat(assess(RULES, NOW, many))
                .extracting(Finding::standing)
                .containsExactly(Standing.INACTIVE, Standing.EXPIRED, Standing.WARNED, Standing.HEALTHY);
    }

    @Test
    void twoKeysOfOneSecondStayTwoInAnyOrder() {
        AccessKey a = key(1, 100, used(1));
        AccessKey b = inactive(key(2, 100, used(50)));
        List<Finding> findings = assess(RULES, NOW, user("ann", b, a));
        assertThat(findings).extracting(f -> f.credential().keyId()).containsExactly(keyId(1), keyId(2));
        assertThat(findings).isEqualTo(assess(RULES, NOW, user("ann", a, b)));
        AccessKey first = new AccessKey(1, null, true, ago(9), used(1), NOW);
        AccessKey second = new AccessKey(2, null, true, ago(9), used(2), NOW);
        assertThat(assess(RULES, NOW, user("ann", second, first)))
                .extracting(f -> f.credential().slot())
                .containsExactly(1, 2);
    }

    @Test
    void aLimitBeyondAllTimeHasNoDeadlineAndIsNeverMet() {
        Limit forever = new Limit(
                Duration.ofDays(2_000_000), Duration.ofDays(2_000_000), List.of(Step.REMIND), List.of(Step.TICKET));
        Rules lenient = rules(policy("lenient", Condition.ALWAYS, forever, null));
        Finding finding =
                assess(lenient, NOW, user("ann", key(1, 9000, used(1)))).getFirst();
        assertThat(finding.standing()).isEqualTo(Standing.HEALTHY);
        assertThat(finding.deadlines()).isEmpty();
    }

    @Test
    void everyLinkOfTheOwnerChainAnswersInItsTurn() {
        OwnerChain chain = new OwnerChain(List.of(
                new OwnerRule.Tag("Slack"),
                new OwnerRule.Listed("owners.yaml", Map.of("ci", " platform ")),
                new OwnerRule.MailName(),
                new OwnerRule.Default("security")));
        assertThat(chain.of(user("ci"), NOW)).isEqualTo(known(new Owner("platform", "file owners.yaml")));
        assertThat(chain.of(user("a@b.example"), NOW)).isEqualTo(known(new Owner("a@b.example", "user name")));
        assertThat(chain.of(user("zoe"), NOW)).isEqualTo(known(new Owner("security", "default")));
        User blank = tagged(user("ci"), known(Map.of("Slack", "  ")));
        assertThat(chain.of(blank, NOW)).isEqualTo(known(new Owner("platform", "file owners.yaml")));
        User unasked = tagged(user("ci"), Fact.notRead());
        assertThat(chain.of(unasked, NOW)).isEqualTo(Fact.unknown("the user's tags were not read in this run"));
    }

    @Test
    void nobodyNamedIsUnknownAndTheRootUserIsAnsweredForByTheDefaultAlone() {
        OwnerChain noDefault = new OwnerChain(List.of(new OwnerRule.MailName(), new OwnerRule.Default(" ")));
        assertThat(noDefault.of(user("zoe"), NOW)).isEqualTo(Fact.unknown("nobody is named"));
        assertThat(noDefault.ofRoot(NOW)).isEqualTo(Fact.unknown("nobody is named"));
        assertThat(new OwnerChain(List.of(new OwnerRule.MailName(), new OwnerRule.Default("sec"))).ofRoot(NOW))
                .isEqualTo(known(new Owner("sec", "default")));
        assertThat(new OwnerChain(List.of()).ofRoot(NOW)).isEqualTo(Fact.notRead());
    }

    @Test
    void whoever_is_named_twice_is_told_once() {
        User mailed = tagged(user("a@b.example", key(1, 100, used(1))), known(Map.of("Owner", "a@b.example")));
        List<OwnerRule> twice =
                List.of(new OwnerRule.Tag("Owner"), new OwnerRule.MailName(), new OwnerRule.Default("security"));
        Escalation leads =
                new Escalation(days(7), List.of(new OwnerRule.Default("security"), new OwnerRule.Default("#leads")));
        Assessor assessor = new Assessor(
                new Rules(RULES.policies(), List.of(), List.of(), twice, Map.of(), days(30), true).escalating(leads));

        assertThat(assessor.owners(mailed, NOW)).extracting(Owner::name).containsExactly("a@b.example", "security");
        assertThat(assessor.owners(mailed, ago(9), NOW))
                .extracting(Owner::name)
                .containsExactly("security", "#leads", "a@b.example");
        assertThat(assessor.escalation()).isEqualTo(leads);
    }

    @Test
    void users_of_one_name_come_by_their_ids() {
        User ann = user("ann", key(1, 5, used(1)));
        User again = new User(
                ann.name(),
                new UserId("AIDA9"),
                ann.arn(),
                ann.path(),
                ann.created(),
                known(List.of(key(2, 5, used(1)))),
                ann.tags(),
                ann.groups(),
                ann.policies(),
                ann.boundary(),
                ann.console(),
                ann.mfa());

        assertThat(assess(RULES, NOW, again, ann))
                .extracting(finding -> finding.credential().keyId())
                .containsExactly(keyId(1), keyId(2));
        assertThat(assess(RULES, NOW, ann, again)).isEqualTo(assess(RULES, NOW, again, ann));
    }

    @Test
    void rootKeysThatAreKnownInDetailAreJudgedOneByOneAndAbsentOnesAreNoFinding() {
        AccessKey old = new AccessKey(1, null, true, ago(900), used(400), NOW);
        AccessKey off = new AccessKey(2, null, false, ago(100), LastUse.NEVER_USED, NOW);
        List<Finding> findings =
                new Assessor(RULES).assess(snapshot(known(new RootKeys(true, List.of(off, old))), List.of()), NOW);
        assertThat(findings).extracting(Finding::ageDays).containsExactly(900L, 100L);
        assertThat(findings).extracting(Finding::idleDays).containsExactly(400L, 100L);
        assertThat(new Assessor(RULES).assess(snapshot(known(RootKeys.NONE), List.of()), NOW))
                .isEmpty();
        assertThat(new Assessor(RULES).assess(snapshot(Fact.notRead(), List.of()), NOW))
                .isEmpty();
    }

    @Test
    void keysThatNobodyAskedForAreUnknownAndNotAbsent() {
        Finding finding =
                assess(RULES, NOW, user("ann").withKeys(Fact.notRead())).getFirst();
        assertThat(finding.standing()).isEqualTo(Standing.UNKNOWN);
        assertThat(finding.reasons()).containsExactly(new Reason.KeysUnknown("not asked for in this run"));
        assertThat(finding.ageDays()).isNull();
        assertThat(finding.idleDays()).isNull();
    }

    @Test
    void withoutLookingForLeaksUnreadPoliciesDoNotMatter() {
        Rules blind = new Rules(RULES.policies(), List.of(), List.of(), RULES.owners(), Map.of(), days(30), false);
        User unread = withPolicies(user("ann", key(1, 5, used(1))), Fact.notRead());
        assertThat(standing(blind, NOW, unread)).isEqualTo(Standing.HEALTHY);
        assertThat(assess(RULES, NOW, unread).getFirst().reasons())
                .containsExactly(new Reason.LeakUnknown("the user's policies were not read in this run"));
    }

    @Test
    void theControlsAreBrokenFromTheirOwnDaysOn() {
        assertThat(Controls.ofActiveKey(days(90), days(44), 1)).isEmpty();
        assertThat(Controls.ofActiveKey(days(91), null, 1))
                .contains("SecurityHub IAM.3")
                .hasSize(14);
        assertThat(Controls.ofActiveKey(days(50), days(45), 1))
                .contains("CIS-5.0 1.11")
                .doesNotContain("SecurityHub IAM.8");
        assertThat(Controls.ofActiveKey(days(90), days(90), 2))
                .contains("SecurityHub IAM.8", "CIS-6.0 2.12")
                .hasSize(19);
    }
}
