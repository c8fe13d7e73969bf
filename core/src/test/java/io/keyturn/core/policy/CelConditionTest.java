package io.keyturn.core.policy;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.account;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withPolicies;
import static io.keyturn.core.Samples.withSigns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelConditionTest {
    private static final User DEPLOY = tagged(
            withPolicies(
                    withSigns(user("deploy"), "/service/ci/", known(false), known(false)),
                    known(List.of("ReadOnlyAccess"))),
            known(Map.of("kind", "machine", "Slack", "U1")));
    private static final AccessKey KEY = key(1, 100, used(10));

    private static Verdict test(String source, User user, AccessKey key) throws ConditionProblem {
        return CelCondition.compile(source).test(new Subject(ACCOUNT, user, key, NOW));
    }

    private static ConditionProblem problem(String source) {
        return catchThrowableOfType(ConditionProblem.class, () -> CelCondition.compile(source));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "user.name == 'deploy'",
                "user.path.startsWith('/service/')",
                "user.arn.matches('^arn:aws:iam::[0-9]{12}:user/.*$')",
                "user.tags['kind'] == 'machine'",
                "'kind' in user.tags",
                "tag('kind') == 'machine'",
                "tag(\"absent\") == \"\"",
                "'ReadOnlyAccess' in user.policies",
                "user.policies.exists(p, p.startsWith('Read'))",
                "user.groups.size() == 0",
                "user.boundary == ''",
                "user.created < timestamp('2026-01-01T00:00:00Z')",
                "!user.console && !user.mfa",
                "user.class == 'machine'",
                "account.id == '111122223333'",
                "account.name == 'production'",
                "account.ou.startsWith('Workloads/')",
                "account.tags.size() == 0",
                "key.id.endsWith('1')",
                "key.age >= duration('2400h')",
                "key.idle == duration('240h')",
                "key.active",
                "key.lastUse == timestamp('2026-10-22T12:00:00Z')",
            })
    void everyAttributeCanBeAskedFor(String source) throws ConditionProblem {
        assertThat(test(source, DEPLOY, KEY)).isEqualTo(Verdict.MATCHES);
        assertThat(test("!(" + source + ")", DEPLOY, KEY)).isEqualTo(Verdict.DOES_NOT_MATCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user.nmae == 'x'           | 1 | 5 | unknown attribute user.nmae | did you mean \"name\"?",
                "true && key.lastuse == key.lastUse | 1 | 12 | unknown attribute key.lastuse | did you mean \"lastUse\"?",
                "account.zzzzzz == 'x'      | 1 | 8 | unknown attribute account.zzzzzz | known are id, name, tags, ou",
                "usr.name == 'x'            | 1 | 1 | undeclared reference to 'usr' | did you mean \"user\"?",
                "user.name                  | 1 | 1 | of type string, not bool | user.name == \"deploy\"",
                "user.name ==               | 1 | 13 | mismatched input | user.class == \"machine\"",
                "user.name == 3             | 1 | 11 | no matching overload | user.class == \"machine\"",
                "tga('kind') == 'x'         | 1 | 4 | undeclared reference to 'tga' | did you mean \"tag\"?",
                "tag(1) == 'x'              | 1 | 4 | no matching overload | user.class == \"machine\"",
                "user == 'x'                | 1 | 1 | undeclared reference to 'user' | name, path, arn",
                "has(user.nmae)             | 1 | 4 | unknown attribute user.nmae | did you mean \"name\"?",
            })
    void aWrongConditionSaysWhereItIsWrongAndWhatWouldBeRight(
            String source, int line, int column, String message, String advice) {
        ConditionProblem problem = problem(source);
        assertThat(problem).isNotNull();
        assertThat(problem.getMessage()).contains(message);
        assertThat(problem.advice()).contains(advice);
        assertThat(List.of(problem.line(), problem.column())).isEqualTo(List.of(line, column));
    }

    @Test
    void aProblemOnTheSecondLineIsReportedThere() {
        ConditionProblem problem = problem("user.mfa &&\n  user.nmae == 'x'");
        assertThat(List.of(problem.line(), problem.column())).isEqualTo(List.of(2, 7));
    }

    @Test
    void itNeedsTheFactsOfWhatItMentionsAndNoMore() throws ConditionProblem {
        assertThat(CelCondition.compile("user.name == 'x'").needs()).isEmpty();
        assertThat(CelCondition.compile("tag('kind') == 'x'").needs()).isEqualTo(Set.of(FactName.TAGS));
        assertThat(CelCondition.compile("user.class == 'person'").needs())
                .isEqualTo(Set.of(FactName.CONSOLE, FactName.MFA, FactName.TAGS));
        assertThat(CelCondition.compile("key.idle > duration('1h') || account.ou == ''")
                        .needs())
                .isEqualTo(Set.of(FactName.LAST_USE, FactName.ACCOUNT_OU));
        assertThat(CelCondition.compile("user.groups.exists(g, g in user.policies)")
                        .needs())
                .isEqualTo(Set.of(FactName.GROUPS, FactName.POLICIES));
    }

    @Test
    void itTellsWhetherItMentionsTheKey() throws ConditionProblem {
        assertThat(CelCondition.compile("user.name == 'key.id'").mentionsKey()).isFalse();
        assertThat(CelCondition.compile("user.mfa || key.active").mentionsKey()).isTrue();
        assertThat(CelCondition.compile("key.active").mentionsKeyId()).isFalse();
        assertThat(CelCondition.compile("key.id == 'x'").mentionsKeyId()).isTrue();
    }

    @Test
    void anAbsentTagIsUndecidedAndNeverANo() throws ConditionProblem {
        Verdict verdict = test("user.tags['team'] == 'a'", DEPLOY, KEY);
        assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
        assertThat(((Verdict.Undecided) verdict).why()).contains("team");
    }

    @Test
    void aConditionThatFailsSaysWhereAndWhatHelps() throws ConditionProblem {
        assertThat(test("user.tags['team'] == 'a'", DEPLOY, KEY))
                .isEqualTo(new Verdict.Undecided(
                        "it fails at character 10, there is no \"team\" (of a tag that may be absent, ask tag(\"team\"),"
                                + " which is \"\" then)",
                        true));
        assertThat(test("user.tags.team == 'a'", DEPLOY, KEY)).isEqualTo(test("user.tags['team'] == 'a'", DEPLOY, KEY));
        assertThat(test("size(user.name) / 0 == 1", DEPLOY, KEY))
                .isEqualTo(new Verdict.Undecided("it fails at character 17: / by zero", true));
        assertThat(test("duration(user.name) > duration('1h')", DEPLOY, KEY))
                .isInstanceOfSatisfying(
                        Verdict.Undecided.class, u -> assertThat(u.failed()).isTrue());
    }

    @Test
    void aFactThatIsNotKnownMakesItUndecidedWithTheCause() throws ConditionProblem {
        User unread = tagged(DEPLOY, Fact.unknown("access denied"));
        for (String source : List.of("tag('kind') == 'x'", "user.class == 'person'", "!('a' in user.tags)")) {
            assertThat(test(source, unread, KEY))
                    .isInstanceOfSatisfying(
                            Verdict.Undecided.class, u -> assertThat(u.why()).contains("access denied"));
        }
        User unasked = tagged(DEPLOY, Fact.notRead());
        assertThat(test("tag('kind') == 'x'", unasked, KEY))
                .isEqualTo(new Verdict.Undecided("user.tags was not read in this run", false));
        assertThat(test("key.idle > duration('1h')", DEPLOY, key(1, 5, new LastUse.Unknown("throttled"))))
                .isEqualTo(new Verdict.Undecided("key.idle is not known: throttled", false));
        assertThat(test("key.active", DEPLOY, null)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void whatIsNotKnownDoesNotMatterWhereTheResultDoesNotDependOnIt() throws ConditionProblem {
        User unread = tagged(DEPLOY, Fact.unknown("access denied"));
        assertThat(test("user.name == 'deploy' || tag('kind') == 'x'", unread, KEY))
                .isEqualTo(Verdict.MATCHES);
        assertThat(test("tag('kind') == 'x' || user.name == 'deploy'", unread, KEY))
                .isEqualTo(Verdict.MATCHES);
        assertThat(test("tag('kind') == 'x' && user.name == 'other'", unread, KEY))
                .isEqualTo(Verdict.DOES_NOT_MATCH);
        assertThat(test("tag('kind') == 'x' && user.name == 'deploy'", unread, KEY))
                .isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void aNeverUsedKeyIsIdleSinceItWasMadeAndItsLastUseIsTheEpoch() throws ConditionProblem {
        AccessKey fresh = key(1, 20, LastUse.NEVER_USED);
        assertThat(test("key.idle == duration('480h')", DEPLOY, fresh)).isEqualTo(Verdict.MATCHES);
        assertThat(test("key.lastUse < timestamp('2015-01-01T00:00:00Z')", DEPLOY, fresh))
                .isEqualTo(Verdict.MATCHES);
    }

    @Test
    void rememberedVerdictsAreThoseOfTheSubjectAskedAbout() throws ConditionProblem {
        CelCondition condition =
                CelCondition.compile("user.class == 'person' && user.mfa && account.ou == 'Workloads/Dev'");
        User person = withSigns(user("ann"), "/", known(true), known(true));
        User noMfa = withSigns(user("bob"), "/", known(true), known(false));
        User unread = withSigns(user("eve"), "/", known(true), Fact.unknown("access denied"));
        for (int round = 0; round < 3; round++) {
            assertThat(condition.test(new Subject(ACCOUNT, person, null, NOW))).isEqualTo(Verdict.MATCHES);
            assertThat(condition.test(new Subject(ACCOUNT, noMfa, null, NOW))).isEqualTo(Verdict.DOES_NOT_MATCH);
            assertThat(condition.test(new Subject(ACCOUNT, unread, null, NOW))).isInstanceOf(Verdict.Undecided.class);
            assertThat(condition.test(new Subject(account("111122223333", "Prod"), person, null, NOW)))
                    .isEqualTo(Verdict.DOES_NOT_MATCH);
        }
    }

    @Test
    void whatAKeyDoesNotTellIsUndecidedAndWhatItNeverDidIsTheEpoch() throws ConditionProblem {
        AccessKey nameless = new AccessKey(1, null, true, NOW.plusSeconds(60), LastUse.NEVER_USED, NOW);
        assertThat(test("key.id == 'AKIA'", DEPLOY, nameless)).isInstanceOf(Verdict.Undecided.class);
        assertThat(test("key.lastUse < timestamp('1971-01-01T00:00:00Z')", DEPLOY, nameless))
                .isInstanceOf(Verdict.Matches.class);
        assertThat(test("key.age < duration('1s')", DEPLOY, nameless))
                .as("a key of tomorrow is of no age")
                .isInstanceOf(Verdict.Matches.class);
        AccessKey unknown = key(1, 100, new LastUse.Unknown("throttled"));
        assertThat(test("key.lastUse < timestamp('1971-01-01T00:00:00Z')", DEPLOY, unknown))
                .isInstanceOf(Verdict.Undecided.class);
        assertThat(test("key.idle > duration('1s')", DEPLOY, unknown)).isInstanceOf(Verdict.Undecided.class);
    }
}
