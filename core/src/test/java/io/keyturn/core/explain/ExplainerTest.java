package io.keyturn.core.explain;

import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.IDLE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ROTATION;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Forgetful;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Clues;
import io.keyturn.core.assess.Habits;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private static final User ANN =
            tagged(user("ann", key(1, 100, used(1))), known(Map.of("Team", "billing", "Env", "prod")));

    private static Policy policy(String name, String when, @Nullable Rotation rotation) throws ConditionProblem {
        Condition condition = when.isEmpty() ? Condition.ALWAYS : CelCondition.compile(when);
        return new Policy(name, condition, AGE, IDLE, days(7), rotation, days(30), false);
    }

    private static Rules rules(List<OwnerRule> owners, Policy... policies) {
        return new Rules(List.of(policies), List.of(), List.of(), owners, Map.of(), days(30), true);
    }

    private static UserStory story(Rules rules, User user) {
        return new Explainer(rules, History.NONE).explain(snapshot(user), NOW).getFirst();
    }

    private static List<String> facts(List<NamedFact> facts) {
        return facts.stream().map(fact -> fact.name() + ": " + fact.value()).toList();
    }

    @Test
    void factsSayTheirValueTheirSourceAndWhatWasNotLookedAt() throws ConditionProblem {
        UserStory story = story(rules(List.of(), policy("all", "", null)), ANN);

        assertThat(facts(story.facts()))
                .contains("tags: Env = prod, Team = billing", "groups: none", "boundary: none", "console: no");
        assertThat(facts(story.keys().getFirst().facts()))
                .containsExactly(
                        "status: active",
                        "created: " + NOW.minus(days(100)),
                        "last use: " + NOW.minus(days(1)) + " by s3 in eu-west-1");
        assertThat(story.keys().getFirst().facts().getLast().notLookedAt()).contains("CloudTrail was not looked at");
    }

    @Test
    void whatIsNotKnownHasNoValueAndAReason() throws ConditionProblem {
        User unread = tagged(user("ann", key(1, 100, new LastUse.Unknown("throttled"))), Fact.unknown("denied"));
        Rules rules = rules(List.of(), policy("all", "", null));
        UserStory story = story(rules, unread);

        assertThat(story.facts())
                .filteredOn(fact -> fact.name().equals("tags"))
                .containsExactly(new NamedFact("tags", null, "iam:ListUserTags", null, "denied"));
        assertThat(story.keys().getFirst().facts().getLast())
                .isEqualTo(new NamedFact("last use", null, "iam:GetAccessKeyLastUsed", null, "throttled"));
        assertThat(facts(story(rules, ANN.withKeys(Fact.notRead())).facts())).contains("keys: null");
    }

    @Test
    void neverUsedAndNotTrackedAreTold() throws ConditionProblem {
        Rules rules = rules(List.of(), policy("all", "", null));
        User two = user("ann", key(1, 9, new LastUse.NeverUsed()), inactive(key(2, 5000, new LastUse.NeverUsed())));

        assertThat(story(rules, two).keys())
                .extracting(key -> key.facts().getLast().value())
                .containsExactly("never used", "not since 2015-04-22");
    }

    @Test
    void everyPolicyIsAskedUntilOneGoverns() throws ConditionProblem {
        Rules rules = rules(
                List.of(),
                policy("machines", "user.tags[\"Env\"] == \"dev\"", null),
                policy("people", "user.name == \"ann\"", ROTATION),
                policy("rest", "", null));

        KeyStory key = story(rules, ANN).keys().getFirst();

        assertThat(key.policies())
                .extracting(PolicyLink::answer)
                .containsExactly(
                        PolicyLink.Answer.DOES_NOT_MATCH, PolicyLink.Answer.GOVERNS, PolicyLink.Answer.NOT_ASKED);
        assertThat(key.policies().getFirst().saw()).isNotEmpty();
        assertThat(key.governing()).isEqualTo(rules.policies().get(1));
        assertThat(key.policies().getFirst().answer().label()).isEqualTo("does-not-match");
    }

    @Test
    void anUndecidedPolicyEndsTheAskingAndNoneGoverns() throws ConditionProblem {
        Rules rules =
                rules(List.of(), policy("first", "user.tags[\"Env\"] == \"dev\"", null), policy("rest", "", null));

        KeyStory key = story(rules, tagged(ANN, Fact.unknown("denied"))).keys().getFirst();

        assertThat(key.policies())
                .extracting(PolicyLink::answer)
                .containsExactly(PolicyLink.Answer.UNDECIDED, PolicyLink.Answer.NOT_ASKED);
        assertThat(key.policies().getFirst().why()).contains("denied");
        assertThat(key.governing()).isNull();
    }

    @Test
    void theOwnerChainIsToldLinkByLink() throws ConditionProblem {
        List<OwnerRule> chain = List.of(
                new OwnerRule.MailName(),
                new OwnerRule.Listed("owners.csv", Map.of()),
                new OwnerRule.Tag("Owner"),
                new OwnerRule.Tag("Team"),
                new OwnerRule.Default("security"));
        Rules rules = rules(chain, policy("all", "", null));

        assertThat(story(rules, ANN).owners())
                .extracting(link -> link.answer().label() + " " + link.said())
                .containsExactly(
                        "nobody is no mail address",
                        "nobody does not list the user",
                        "nobody the user has no such tag, or it is empty",
                        "named billing",
                        "not-asked not asked");
        assertThat(story(rules, tagged(ANN, Fact.unknown("denied"))).owners())
                .extracting(OwnerLink::answer)
                .containsExactly(
                        OwnerLink.Answer.NOBODY,
                        OwnerLink.Answer.NOBODY,
                        OwnerLink.Answer.UNKNOWN,
                        OwnerLink.Answer.NOT_ASKED,
                        OwnerLink.Answer.NOT_ASKED);
    }

    @Test
    void exemptionsThatFitAreToldEndedOnesToo() throws ConditionProblem {
        Rules base = rules(List.of(), policy("all", "", null));
        Exemption ended =
                new Exemption(new ArnPattern("arn:aws:iam::*:user/ann"), "sec", "sealed", LocalDate.of(2020, 1, 1));
        Exemption other = new Exemption(new ArnPattern("*:user/bob"), "sec", "sealed", LocalDate.of(2099, 1, 1));
        Rules rules =
                new Rules(base.policies(), List.of(ended, other), List.of(), base.owners(), Map.of(), days(30), true);

        assertThat(story(rules, ANN).exemptions()).containsExactly(ended);
    }

    @Test
    void whatARotationTakesIsTold() throws ConditionProblem {
        Rules rules = rules(List.of(), policy("all", "", ROTATION));
        User two = user("ann", key(1, 100, used(1)), key(2, 90, used(1)));

        assertThat(story(rules, two).keys().getFirst().rotation())
                .anySatisfy(line -> assertThat(line).contains("nobody yet: name readers"))
                .anySatisfy(line -> assertThat(line).contains("iam:CreateAccessKey"))
                .anySatisfy(line -> assertThat(line).contains("two keys already"));
        assertThat(story(rules(List.of(), policy("all", "", null)), ANN)
                        .keys()
                        .getFirst()
                        .rotation())
                .containsExactly("its policy does not say how to rotate it");
    }

    @Test
    void whether_the_rotated_user_may_read_the_secret_is_told() throws ConditionProblem {
        Rotation self = new Rotation(List.of("arn:aws:iam::1:role/web"), true, days(14), days(45), days(75));

        assertThat(story(rules(List.of(), policy("all", "", self)), ANN)
                        .keys()
                        .getFirst()
                        .rotation()
                        .getFirst())
                .endsWith("readable by arn:aws:iam::1:role/web, and by the rotated user itself");
        assertThat(story(rules(List.of(), policy("all", "", ROTATION)), ANN)
                        .keys()
                        .getFirst()
                        .rotation()
                        .getFirst())
                .doesNotContain("the rotated user");
    }

    @Test
    void each_key_has_its_own_next_step() throws ConditionProblem {
        User two = user("ann", key(1, 80, used(1)), key(2, 41, used(40)));

        assertThat(story(rules(List.of(), policy("all", "", ROTATION)), two).keys())
                .extracting(key -> Objects.requireNonNull(key.next()).step())
                .containsExactly(Step.TICKET, Step.DEACTIVATE);
    }

    @Test
    void what_is_held_back_about_a_user_is_told_of_the_user_and_what_is_about_one_key_of_that_key()
            throws ConditionProblem {
        History held = new Forgetful() {
            @Override
            public @Nullable Instant lastSpoken(CredentialId credential) {
                return null;
            }

            @Override
            public List<Hold> holds(CredentialId credential, Instant now) {
                String whose = credential.principal().display();
                return List.of(new Hold(false, credential.keyId() == null ? whose : whose + "'s key", null));
            }
        };
        UserStory story = new Explainer(rules(List.of(), policy("all", "", null)), held)
                .explain(snapshot(ANN), NOW)
                .getFirst();

        assertThat(story.holds()).extracting(Hold::why).containsExactly("ann");
        assertThat(story.keys().getFirst().holds()).extracting(Hold::why).containsExactly("ann's key");
    }

    @Test
    void what_was_watched_is_as_of_the_last_use_that_was_seen() {
        Observed used = new Observed(ago(9), ago(5), ago(3), Duration.ZERO);
        Observed unused = new Observed(ago(9), null, null, Duration.ZERO);

        assertThat(UserFacts.watched(used, days(45), days(100)).asOf()).isEqualTo(ago(3));
        assertThat(UserFacts.watched(unused, days(45), days(100)).asOf()).isEqualTo(ago(9));
    }

    private static List<OwnerLink> chain(Rules rules, Clues clues, User user) {
        return new Explainer(rules, History.NONE, Habits.NONE, clues)
                .explain(snapshot(user), NOW)
                .getFirst()
                .owners();
    }

    private static Rules escalating(OwnerRule... to) throws ConditionProblem {
        return rules(List.of(new OwnerRule.Default("security")), policy("all", "", null))
                .escalating(new Escalation(days(14), List.of(to)));
    }

    @Test
    void whoHearsInTheOwnersPlaceIsTheLastLink() throws ConditionProblem {
        assertThat(chain(escalating(new OwnerRule.Default("#leads")), Clues.NONE, ANN))
                .last()
                .isEqualTo(new OwnerLink("escalation after 14 days of silence", OwnerLink.Answer.NAMED, "#leads"));
        assertThat(chain(escalating(new OwnerRule.Creator()), Clues.NONE, ANN))
                .last()
                .isEqualTo(
                        new OwnerLink("escalation after 14 days of silence", OwnerLink.Answer.NOBODY, "names nobody"));
        assertThat(chain(escalating(new OwnerRule.Tag("Lead")), Clues.NONE, tagged(ANN, Fact.unknown("denied"))))
                .last()
                .satisfies(link -> assertThat(link.said()).contains("denied"));
    }

    @Test
    void whereNobodyOwnsTheKeyNobodyHearsInTheirPlace() throws ConditionProblem {
        Rules nobody = rules(List.of(new OwnerRule.Tag("Lead")), policy("all", "", null))
                .escalating(new Escalation(days(14), List.of(new OwnerRule.Default("#leads"))));
        assertThat(chain(nobody, Clues.NONE, ANN)).hasSize(1);
        assertThat(new Assessor(nobody).owners(ANN, NOW, NOW)).isEmpty();
        assertThat(new Assessor(rules(List.of(), policy("all", "", null))).escalation())
                .isNull();
        assertThat(new Assessor(rules(List.of(new OwnerRule.Default("a")), policy("all", "", null)))
                        .owners(ANN, NOW, NOW))
                .extracting(Owner::name)
                .containsExactly("a");
    }

    @Test
    void aStandingOwnerWithoutANameNamesNobody() throws ConditionProblem {
        assertThat(chain(rules(List.of(new OwnerRule.Default(" ")), policy("all", "", null)), Clues.NONE, ANN))
                .containsExactly(new OwnerLink("default", OwnerLink.Answer.NOBODY, "names nobody"));
    }

    @Test
    void whatAUserHasIsSaidAndTheRootIsAPlaceToo() throws ConditionProblem {
        User ann = new User(
                ANN.name(),
                ANN.id(),
                ANN.arn(),
                ANN.path(),
                ANN.created(),
                ANN.keys(),
                ANN.tags(),
                ANN.groups(),
                ANN.policies(),
                known("arn:aws:iam::111122223333:policy/edge"),
                known(true),
                known(false));
        Snapshot read = snapshot(ann);
        Account root = new Account(
                read.account().id(), "production", read.account().partition(), known(""), known(Map.of()), false);
        Snapshot inRoot =
                new Snapshot(root, read.via(), read.asOf(), read.reading(), List.of(), read.root(), read.users());
        UserStory story = new Explainer(rules(List.of(), policy("all", "", null)), History.NONE)
                .explain(inRoot, NOW)
                .getFirst();
        assertThat(facts(story.facts()))
                .contains("boundary: arn:aws:iam::111122223333:policy/edge", "console: yes")
                .anyMatch(fact -> fact.endsWith(": the root"));
    }

    @Test
    void aKeyIsSoughtByItsWholeIdOrItsEnd() {
        Sought whole = Sought.parse("AKIA0000000000000001");
        assertThat(whole.isKey(new KeyId("AKIA0000000000000001"))).isTrue();
        assertThat(whole.isKey(new KeyId("AKIA0000000000000002"))).isFalse();
        Sought end = Sought.parse("0001");
        assertThat(end.isKey(new KeyId("AKIA0000000000000001"))).isTrue();
        assertThat(end.isKey(new KeyId("AKIA0000000000000002"))).isFalse();
        assertThat(Sought.parse("ann").isKey(new KeyId("AKIA0000000000000001"))).isFalse();
    }
}
