package io.keyturn.core.policy;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.IDLE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ROTATION;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.people;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import io.keyturn.core.trail.TrailActor;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyValuesTest {
    @Test
    void aLimitIsNotNegativeAndWarnsBeforeItExpires() {
        assertThatThrownBy(() -> new Limit(days(-1), days(1), List.of(), List.of()))
                .hasMessage("a limit is not negative");
        assertThatThrownBy(() -> new Limit(days(0), days(-1), List.of(), List.of()))
                .hasMessage("a limit is not negative");
        assertThatThrownBy(() -> new Limit(days(2), days(1), List.of(), List.of()))
                .hasMessage("warn comes before expire");
    }

    @Test
    void aCapIsNotNegative() {
        assertThatThrownBy(() -> new Caps.Cap(-1, days(1))).hasMessage("a cap is not negative");
    }

    @Test
    void aWindowHasADayAndEndsAfterItBegins() {
        LocalTime nine = LocalTime.of(9, 0);
        Set<DayOfWeek> monday = EnumSet.of(DayOfWeek.MONDAY);
        assertThatThrownBy(() -> new ActWindow(Set.of(), nine, nine.plusHours(1), null, List.of()))
                .hasMessage("a window has at least one day");
        assertThatThrownBy(() -> new ActWindow(monday, nine, nine, null, List.of()))
                .hasMessage("a window ends after it begins");
        LocalDate day = LocalDate.of(2026, 12, 24);
        assertThatThrownBy(() -> new ActWindow.Freeze(day, day.minusDays(1)))
                .hasMessage("a freeze ends before it begins");
        assertThat(new ActWindow(monday, nine, LocalTime.MIDNIGHT, null, List.of()).endsAtMidnight())
                .isTrue();
        assertThat(new ActWindow(monday, nine, nine.plusHours(1), null, List.of()).endsAtMidnight())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.c", "ann.meyer+aws@fernhill.example"})
    void theseLookLikeMailAddresses(String text) {
        assertThat(MailAddress.looksLike(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "@b.c",
                "a@b",
                "a@b.",
                "a@.c",
                "a.b@c",
                "a@b@c.d",
                "a b@c.d",
                "a\r\nBcc:x@c.d",
                "a,b@c.d",
                "<a@b.c>",
                "a@b.c\u007f"
            })
    void theseDoNot(String text) {
        assertThat(MailAddress.looksLike(text)).isFalse();
    }

    @Test
    void rulesNeedWhatTheyAskFor() throws ConditionProblem {
        Rules none = new Rules(List.of(), List.of(), List.of(), List.of(), Map.of(), days(1), false);
        assertThat(none.needs(Needs.Identify.NONE).facts()).containsExactlyInAnyOrder(FactName.KEYS, FactName.ROOT);
        Policy groups =
                new Policy("g", CelCondition.compile("'a' in user.groups"), null, null, days(7), null, days(30), false);
        Rules all = new Rules(
                List.of(groups, people()),
                List.of(),
                List.of(new StageRule("Dev", null, Stage.NOTIFY)),
                List.of(new OwnerRule.MailName(), new OwnerRule.Tag("Owner")),
                Map.of(),
                days(1),
                true);
        assertThat(all.needs(Needs.Identify.ALL).facts())
                .containsExactlyInAnyOrder(
                        FactName.KEYS,
                        FactName.ROOT,
                        FactName.GROUPS,
                        FactName.LAST_USE,
                        FactName.ACCOUNT_OU,
                        FactName.TAGS,
                        FactName.POLICIES);
        assertThat(all.policy("people")).isEqualTo(people());
        assertThat(all.policy("nobody")).isNull();
    }

    private static Set<FactName> needed(Rules rules) {
        return rules.needs(Needs.Identify.NONE).facts();
    }

    @Test
    void each_rule_needs_what_it_asks_for_alone() {
        Set<FactName> least = Set.of(FactName.KEYS);
        Rules none = new Rules(List.of(), List.of(), List.of(), List.of(), Map.of(), days(1), false).looking(false);
        assertThat(needed(none)).isEqualTo(least);
        assertThat(needed(none.looking(true))).isEqualTo(Set.of(FactName.KEYS, FactName.ROOT));

        Policy age = new Policy("a", Condition.ALWAYS, AGE, null, days(7), null, days(30), false);
        Policy idle = new Policy("i", Condition.ALWAYS, null, IDLE, days(7), null, days(30), false);
        Policy rotating = new Policy("r", Condition.ALWAYS, AGE, null, days(7), ROTATION, days(30), false);
        assertThat(needed(with(age))).isEqualTo(least);
        assertThat(needed(with(idle))).isEqualTo(Set.of(FactName.KEYS, FactName.LAST_USE));
        assertThat(needed(with(rotating))).isEqualTo(Set.of(FactName.KEYS, FactName.LAST_USE, FactName.TAGS));

        Rules everywhere = new Rules(
                List.of(),
                List.of(),
                List.of(new StageRule(null, null, Stage.NOTIFY)),
                List.of(),
                Map.of(),
                days(1),
                false);
        AccountId account = ACCOUNT.id();
        assertThat(needed(everywhere
                        .looking(false)
                        .lowered(List.of(new Lowering(null, account, Stage.OBSERVE, NOW, "ann", "a drill")))))
                .isEqualTo(least);
        assertThat(needed(none.lowered(List.of(new Lowering("Dev", null, Stage.OBSERVE, NOW, "ann", "a drill")))))
                .isEqualTo(Set.of(FactName.KEYS, FactName.ACCOUNT_OU));
    }

    private static Rules with(Policy policy) {
        return new Rules(List.of(policy), List.of(), List.of(), List.of(), Map.of(), days(1), false).looking(false);
    }

    @Test
    void words_of_the_configuration_are_small_and_dashed() {
        assertThat(DayCount.CALENDAR.label()).isEqualTo("calendar");
        assertThat(Approval.TWO.label()).isEqualTo("two");
        assertThat(OwnerRule.Via.SLACK.label()).isEqualTo("slack");
        assertThat(Rotation.By.TIME.label()).isEqualTo("time");
        assertThat(Rotation.Obstacle.OWNED_BY_CODE.label()).isEqualTo("owned-by-code");
        assertThat(new Delivery.S3Csv("keys", null).kind()).isEqualTo("s3-csv");
    }

    @Test
    void the_condition_of_everybody_says_so_and_asks_nothing() throws ConditionProblem {
        assertThat(Condition.ALWAYS.source()).isEqualTo("true");
        assertThat(Condition.ALWAYS.mentionsKey()).isFalse();
        assertThat(CelCondition.compile("user.mfa")).hasToString("user.mfa");
        assertThat(CelCondition.compile("user.mfa").source()).isEqualTo("user.mfa");
    }

    @Test
    void aStageAllowsItsStepsAndThoseBelow() {
        assertThat(Stage.OBSERVE.allows(Step.REMIND)).isFalse();
        assertThat(Stage.NOTIFY.allows(Step.TICKET)).isTrue();
        assertThat(Stage.NOTIFY.allows(Step.ROTATE)).isFalse();
        assertThat(Stage.ROTATE.allows(Step.ROTATE)).isTrue();
        assertThat(Stage.ROTATE.allows(Step.DEACTIVATE)).isFalse();
        assertThat(Stage.ENFORCE.allows(Step.DELETE)).isTrue();
        assertThat(Stage.ENFORCE.label()).isEqualTo("enforce");
    }

    @Test
    void onlyLinksThatAskBesideTheUserTakeAClue() {
        assertThat(List.of(
                        new OwnerRule.Tag("Owner"),
                        new OwnerRule.Listed("owners.yaml", Map.of()),
                        new OwnerRule.MailName(),
                        new OwnerRule.Default("security")))
                .noneMatch(OwnerRule::takesClue);
        assertThat(List.of(
                        new OwnerRule.Creator(),
                        new OwnerRule.AccountTag("Owner"),
                        new OwnerRule.Contact(OwnerRule.Contact.Kind.SECURITY)))
                .allMatch(OwnerRule::takesClue);
    }

    @Test
    void whatMakesNoSenseIsRefusedWhereItIsMade() {
        assertThatThrownBy(() -> new Escalation(Duration.ofDays(7), List.of()))
                .hasMessage("an escalation names somebody");
        for (int percent : new int[] {-1, 101}) {
            assertThatThrownBy(() -> new Caps(null, null, percent)).hasMessage("a percentage is from 0 to 100");
        }
        assertThat(new Caps(null, null, 100).shareOf(7)).isEqualTo(7);
        Duration back = Duration.ofDays(-1);
        Duration day = Duration.ofDays(1);
        for (List<Duration> times :
                List.of(List.of(back, day, day), List.of(day, back, day), List.of(day, day, back))) {
            assertThatThrownBy(() -> new Rotation(List.of(), false, times.get(0), times.get(1), times.get(2)))
                    .hasMessage("a rotation never goes back in time");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "a@b.c|true",
                "ann.b+c@mail.example.com|true",
                "ann|false",
                "@b.c|false",
                "a@b@c.d|false",
                "a@bc|false",
                "a@.c|false",
                "a@b.|false",
                "a@b.c.|false",
                "a,b@c.d|false",
                "a<b@c.d|false",
                "a>b@c.d|false",
                "a b@c.d|false"
            })
    void aMailAddressIsToldByItsLooks(String text, boolean is) {
        assertThat(MailAddress.looksLike(text)).isEqualTo(is);
        assertThat(MailAddress.looksLike(text + "\u007f")).isFalse();
    }

    private static TrailActor actor(String type, String name, @Nullable String role) {
        return new TrailActor(type, "arn:x", name, role, "1", "AKIA1", false);
    }

    @Test
    void aPersonIsKnownByNameAndRootHasNone() {
        assertThat(actor("IAMUser", "ann@example.com", null).personName()).contains("ann@example.com");
        assertThat(actor("IAMUser", "ci", null).personName()).isEmpty();
        assertThat(actor("Root", "root@example.com", null).personName()).isEmpty();
        assertThat(new TrailActor("IAMUser", "arn:x", " ", null, "1", "AKIA1", true).personName())
                .isEmpty();
        assertThat(actor("IAMUser", "ci", null).isUser("ci")).isTrue();
        assertThat(actor("IAMUser", "ci", null).isUser("cd")).isFalse();
        assertThat(actor("IAMUser", "ci", "arn:aws:iam::1:role/ci").isUser("ci"))
                .isFalse();
        assertThat(actor("FederatedUser", "ci", null).isUser("ci")).isFalse();
    }
}
