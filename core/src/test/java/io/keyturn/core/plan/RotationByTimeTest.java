package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.DayCount;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rotation.Obstacle;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rotation that waits for days of the calendar and not for its successor: grace and cool-down of 10 days each. */
class RotationByTimeTest {
    private static final KeyId OLD = keyId(1);
    private static final KeyId NEW = keyId(2);
    private static final Instant TODAY = Instant.parse("2026-11-01T00:00:00Z");
    private static final Rotation BY_TIME = new Rotation(
            new Delivery.SecretsManager(List.of(), false, Delivery.Place.DEFAULT),
            false,
            days(10),
            days(45),
            days(10),
            false,
            Set.of(),
            Rotation.By.TIME,
            Set.of(Obstacle.values()));

    private static Rules rules(Rotation rotation) {
        Policy policy = new Policy(
                "people",
                Condition.ALWAYS,
                new Limit(days(75), days(90), List.of(Step.REMIND), List.of(Step.REMIND, Step.ROTATE)),
                null,
                Duration.ZERO,
                rotation,
                days(30),
                false);
        return new Rules(
                        List.of(policy),
                        List.of(),
                        List.of(new StageRule(null, null, Stage.ENFORCE)),
                        List.of(new OwnerRule.Tag("email")),
                        Map.of(),
                        null,
                        false)
                .counting(DayCount.CALENDAR);
    }

    private static User bob(Map<String, String> more, AccessKey... keys) {
        Map<String, String> tags = new java.util.HashMap<>(more);
        tags.put("email", "bob@example.org");
        return tagged(user("bob", keys), Fact.known(tags, NOW));
    }

    private static List<Action> actions(Rules rules, History past, User user) {
        List<Finding> findings = new Assessor(rules).assess(snapshot(user), past, NOW);
        return new Planner(rules, past).plan(ACCOUNT, findings, NOW).due();
    }

    /** What is due, and of what is said the date it names. */
    private static List<String> due(History past, AccessKey... keys) {
        return actions(rules(BY_TIME), past, bob(Map.of(), keys)).stream()
                .map(action -> action.verb() + " "
                        + String.valueOf(action.credential().keyId()).substring(19)
                        + (action instanceof Action.Remind remind && remind.announced() != null
                                ? " " + remind.announced().step().label() + " "
                                        + remind.announced().at().toString().substring(0, 10)
                                : ""))
                .toList();
    }

    private static Rotated told(long daysAgo) {
        return Rotated.delivered(OLD, NEW, daysAgo)
                .telling(new Told(
                        ago(daysAgo),
                        Step.DEACTIVATE,
                        TODAY.minus(days(daysAgo)).plus(days(10))));
    }

    private static AccessKey old(LastUse use) {
        return key(1, 120, use);
    }

    private static AccessKey fresh(long madeDaysAgo, LastUse use) {
        return key(2, madeDaysAgo, use);
    }

    @Test
    void theFirstWordNamesTheDayOfTheEnd() {
        assertThat(due(Rotated.delivered(OLD, NEW, 0), old(used(0)), fresh(0, LastUse.NEVER_USED)))
                .containsExactly("remind 1 deactivate 2026-11-11");
    }

    @Test
    void whoHearsLateHasTheWholeTimeStill() {
        assertThat(due(Rotated.delivered(OLD, NEW, 8), old(used(9)), fresh(8, LastUse.NEVER_USED)))
                .containsExactly("remind 1 deactivate 2026-11-11");
    }

    @Test
    void nothingIsSaidWhileTheTimeRuns() {
        assertThat(due(told(9), old(used(20)), fresh(9, LastUse.NEVER_USED))).isEmpty();
    }

    @Test
    void atItsDayTheOldKeyEndsWhetherTheNewOneIsInUseOrNot() {
        assertThat(due(told(10), old(used(20)), fresh(10, LastUse.NEVER_USED))).containsExactly("deactivate 1");
        assertThat(due(told(10), old(LastUse.NEVER_USED), fresh(10, LastUse.NEVER_USED)))
                .containsExactly("deactivate 1");
        assertThat(due(told(10), old(used(0)), fresh(10, used(0)))).containsExactly("deactivate 1");
        assertThat(due(told(10), old(new LastUse.Unknown("throttled")), fresh(10, used(0))))
                .containsExactly("deactivate 1");
    }

    @Test
    void aUseOnTheDayOfTheDeliveryItselfIsNoLaterOne() {
        LastUse onThatDay = new LastUse.Used(ago(10).plus(Duration.ofHours(11)), "s3", "eu-west-1");
        LastUse onTheNext = new LastUse.Used(ago(10).plus(Duration.ofHours(12)), "s3", "eu-west-1");
        assertThat(due(told(10), old(onThatDay), fresh(10, LastUse.NEVER_USED))).containsExactly("deactivate 1");
        assertThat(due(told(10), old(onTheNext), fresh(10, LastUse.NEVER_USED))).containsExactly("remind 1");
    }

    @Test
    void itIsKeptAndItsOwnerToldWhereItIsUsedAndTheNewOneNeverWas() {
        assertThat(due(told(30), old(used(1)), fresh(30, LastUse.NEVER_USED))).containsExactly("remind 1");
    }

    @Test
    void whatIsNotKnownKeepsIt() {
        LastUse unknown = new LastUse.Unknown("throttled");
        assertThat(due(told(10), old(unknown), fresh(10, LastUse.NEVER_USED))).containsExactly("remind 1");
        assertThat(due(told(10), old(used(1)), fresh(10, unknown))).containsExactly("remind 1");
    }

    @Test
    void anyUseOfAKeyThatKeyturnNeverTriedIsItsOwners() {
        LastUse soon = new LastUse.Used(ago(10).plusSeconds(60), "s3", "eu-west-1");
        assertThat(due(told(10), old(used(0)), fresh(10, soon))).containsExactly("deactivate 1");
    }

    private static List<String> ended(Rotated past, LastUse old, LastUse fresh) {
        return due(past, inactive(old(old)), fresh(20, fresh));
    }

    @Test
    void anOwnerHearsThatTheOldKeyIsSwitchedOffAndOfTheDayOfItsDeletion() {
        assertThat(ended(told(11).inactive(0), used(20), used(0))).containsExactly("remind 1 delete 2026-11-11");
    }

    @Test
    void afterItsDaysOfTheCalendarItIsDeleted() {
        Rotated nine = told(20).inactive(9).telling(new Told(ago(9), Step.DELETE, ago(9)));
        Rotated ten = told(20).inactive(10).telling(new Told(ago(10), Step.DELETE, ago(10)));
        assertThat(ended(nine, used(20), used(0))).isEmpty();
        assertThat(ended(ten, used(20), LastUse.NEVER_USED)).containsExactly("delete 1");
    }

    @Test
    void aKeyUsedAfterItsEndIsDeletedOnlyWhereTheNewOneIsUsedToo() {
        Rotated ten = told(20).inactive(10).telling(new Told(ago(10), Step.DELETE, ago(10)));
        assertThat(ended(ten, used(9), LastUse.NEVER_USED)).isEmpty();
        assertThat(ended(ten, new LastUse.Unknown("throttled"), LastUse.NEVER_USED))
                .isEmpty();
        assertThat(ended(ten, used(9), used(1))).containsExactly("delete 1");
    }

    @Test
    void aKeyThatIsOnIsNeverDeleted() {
        Rotated ten = told(20).inactive(10).telling(new Told(ago(10), Step.DELETE, ago(10)));
        assertThat(due(ten, old(used(20)), fresh(20, used(0))))
                .as("nor switched off again by itself: somebody switched it on")
                .containsExactly("remind 1 deactivate 2026-11-11");
    }

    @Test
    void whoIsOnlyWarnedHearsOfASecondKeyInTheWayToo() {
        Finding finding = new Assessor(rules(BY_TIME))
                .assess(snapshot(bob(Map.of(), key(1, 80, used(0)), inactive(key(2, 90, used(30))))), NOW)
                .getLast();
        assertThat(finding.reasons()).contains(new Reason.TwoKeys());
    }

    @Test
    void whatThePolicyHeedsNotKeepsNoKeyFromItsSuccessor() {
        Map<String, String> stack = Map.of("aws:cloudformation:stack-name", "users");
        AccessKey mails = key(1, 120, new LastUse.Used(ago(1), "ses", "eu-west-1"));
        Rotation heeding = new Rotation(
                BY_TIME.deliver(), false, days(10), days(45), days(10), false, Set.of(), Rotation.By.TIME, Set.of());

        assertThat(actions(rules(BY_TIME), History.NONE, bob(stack, mails)))
                .hasAtLeastOneElementOfType(Action.CreateKey.class);
        assertThat(actions(rules(heeding), History.NONE, bob(stack, mails)))
                .doesNotHaveAnyElementsOfTypes(Action.CreateKey.class);
    }

    @Test
    void tagsThatCouldNotBeReadAreHeededAlways() {
        User unread = tagged(user("bob", key(1, 120, used(0))), Fact.unknown("throttled"));
        assertThat(actions(rules(BY_TIME), History.NONE, unread)).doesNotHaveAnyElementsOfTypes(Action.CreateKey.class);
    }
}
