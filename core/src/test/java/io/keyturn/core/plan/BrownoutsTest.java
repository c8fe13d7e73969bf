package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.inactive;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withBrownout;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Forgetful;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Brownout;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The short deactivations that come before the final one. */
class BrownoutsTest {
    private static final Duration SHORT = Duration.ofMinutes(15);
    private static final Duration LONG = Duration.ofHours(4);
    private static final User IDLE = user("ann", key(1, 80, used(60)));
    private static final User OFF = user("ann", inactive(key(1, 80, used(60))));
    /** Announced in time, for three days ago. */
    private static final Told ANNOUNCED = new Told(ago(40), Step.DEACTIVATE, ago(3));

    /** What is remembered of the one key. */
    private record Past(
            List<Told> told,
            List<Brownout> had,
            @Nullable Compromise said,
            @Nullable Succession succession,
            @Nullable Instant until)
            implements Forgetful {
        @Override
        public List<Told> told(CredentialId credential) {
            return told;
        }

        @Override
        public List<Brownout> brownouts(KeyId key) {
            return key.equals(keyId(1)) ? had : List.of();
        }

        @Override
        public @Nullable Compromise compromise(KeyId key) {
            return said;
        }

        @Override
        public @Nullable Succession of(KeyId old) {
            return succession != null && old.equals(succession.old()) ? succession : null;
        }

        @Override
        public @Nullable Succession by(KeyId successor) {
            return succession != null && successor.equals(succession.successor()) ? succession : null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return until == null ? List.of() : List.of(new Hold(false, "frozen", until));
        }

        @Override
        public List<OpenedTicket> tickets() {
            Target target = new Target(ACCOUNT.id(), new UserId("AIDAEXAMPLEANN"), new UserName("ann"), keyId(1));
            return List.of(new OpenedTicket(target, ago(9), "OPS-1", "Open"));
        }
    }

    private static Past past(Brownout... had) {
        return new Past(List.of(ANNOUNCED), List.of(had), null, null, null);
    }

    private static Brownout had(Duration lasting, Duration begunAgo, @Nullable Duration endedAgo) {
        return new Brownout(NOW.minus(begunAgo), lasting, endedAgo == null ? null : NOW.minus(endedAgo), true);
    }

    private static Rules at(Stage stage, List<Duration> brownout) {
        Rules base = rules(withBrownout(people(), brownout));
        return new Rules(
                base.policies(),
                List.of(),
                List.of(new StageRule(null, null, stage)),
                base.owners(),
                Map.of(),
                days(30),
                true);
    }

    private static AccountPlan plan(Stage stage, Past past, User user) {
        Rules rules = at(stage, List.of(SHORT, LONG));
        return new Planner(rules, past).plan(ACCOUNT, findings(rules, past, user), NOW);
    }

    private static List<Finding> findings(Rules rules, Past past, User user) {
        return new Assessor(rules).assess(snapshot(user), past, NOW);
    }

    private static List<Action> changes(Past past, User user) {
        return plan(Stage.ENFORCE, past, user).due().stream()
                .filter(action -> !action.step().speaksOnly())
                .toList();
    }

    private static void isBrownout(List<Action> changes, Duration lasting) {
        assertThat(changes)
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.Brownout.class, one -> assertThat(one.lasting()).isEqualTo(lasting));
    }

    @Test
    void theFirstComesOnTheDayThatWasAnnounced() {
        isBrownout(changes(past(), IDLE), SHORT);
        assertThat(changes(new Past(List.of(), List.of(), null, null, null), IDLE))
                .isEmpty();
    }

    @Test
    void theNextIsLongerAndADayLaterAndThenItIsForGood() {
        Brownout first = had(SHORT, Duration.ofHours(49), Duration.ofHours(48));
        assertThat(changes(past(had(SHORT, Duration.ofHours(20), Duration.ofHours(19))), IDLE))
                .isEmpty();
        isBrownout(changes(past(first), IDLE), LONG);
        assertThat(changes(past(first, had(LONG, Duration.ofHours(26), Duration.ofHours(20))), IDLE))
                .singleElement()
                .isInstanceOf(Action.Deactivate.class);
    }

    @Test
    void oneOfAnEarlierAnnouncementAndOneThatNobodySawDoNotCount() {
        isBrownout(changes(past(had(SHORT, Duration.ofDays(5), Duration.ofDays(4))), IDLE), SHORT);
        Brownout unseen = new Brownout(ago(2), SHORT, ago(2), false);
        isBrownout(changes(past(unseen), IDLE), SHORT);
    }

    @Test
    void one_that_nobody_saw_is_made_up_for_at_once() {
        Instant anHourAgo = NOW.minus(Duration.ofHours(1));

        isBrownout(changes(past(new Brownout(anHourAgo, SHORT, anHourAgo, false)), IDLE), SHORT);
    }

    @Test
    void only_the_day_told_for_switching_it_off_begins_them_anew() {
        Told word = new Told(ago(40), Step.REMIND, ago(40));
        Told announced = new Told(ago(38), Step.DEACTIVATE, ago(3));
        Brownout before = had(SHORT, Duration.ofDays(20), Duration.ofDays(20));

        isBrownout(changes(new Past(List.of(word, announced), List.of(before), null, null, null), IDLE), SHORT);
    }

    @Test
    void itEndsWhenItsTimeIsOverWhateverElseHolds() {
        Brownout over = had(SHORT, SHORT, null);
        Past frozen = new Past(List.of(), List.of(over), null, null, Instant.MAX);

        assertThat(changes(past(had(SHORT, SHORT.minusSeconds(1), null)), OFF)).isEmpty();
        for (Stage stage : Stage.values()) {
            assertThat(plan(stage, frozen, OFF).due())
                    .as(stage.toString())
                    .singleElement()
                    .isInstanceOf(Action.Reactivate.class);
        }
        // A report that is hours old shows it as it was; whoever acts looks again.
        assertThat(changes(past(over), IDLE)).singleElement().isInstanceOf(Action.Reactivate.class);
    }

    @Test
    void aKeyThatIsOutStaysOff() {
        Compromise said = new Compromise("d", "alice", "in a repository", ago(0));
        Past out = new Past(List.of(), List.of(had(SHORT, days(1), null)), said, null, null);

        assertThat(changes(out, OFF)).isEmpty();
    }

    @Test
    void whoWasToldIsNotToldThatItIsOver() {
        assertThat(plan(Stage.ENFORCE, past(had(LONG, SHORT, null)), OFF).due()).isEmpty();
        assertThat(plan(Stage.ENFORCE, past(), OFF).due()).anyMatch(action -> action instanceof Action.CloseTicket);
    }

    @Test
    void theOldKeyOfARotationHasThemToo() {
        Succession made = new Succession(keyId(1), keyId(2), ago(60), new Succession.Delivery(ago(60), "vault/ann"));
        User both = user("ann", key(1, 120, used(50)), key(2, 60, used(0)));
        List<Told> told = List.of(ANNOUNCED, new Told(ago(50), Step.DEACTIVATE, ago(20)));
        Brownout first = had(SHORT, Duration.ofHours(3), Duration.ofHours(2));

        isBrownout(changes(new Past(told, List.of(), null, made, null), both), SHORT);
        Past waiting = new Past(told, List.of(first), null, made, null);
        assertThat(changes(waiting, both)).isEmpty();
        assertThat(plan(Stage.ENFORCE, waiting, both).next())
                .extracting(Scheduled::at)
                .contains(NOW.plus(Duration.ofHours(18)));
    }

    @Test
    void theOwnerReadsOfThemBeforehandAndWhileOneLasts() {
        Rules rules = at(Stage.ENFORCE, List.of(SHORT, LONG));

        assertThat(findings(rules, past(), IDLE).getFirst().reasons())
                .contains(new Reason.Brownouts(List.of(SHORT, LONG)));
        assertThat(findings(at(Stage.ENFORCE, List.of()), past(), IDLE)
                        .getFirst()
                        .reasons())
                .noneMatch(Reason.Brownouts.class::isInstance);
        Brownout open = had(LONG, SHORT, null);
        assertThat(findings(rules, past(open), OFF).getFirst().reasons().getFirst())
                .isEqualTo(new Reason.InBrownout(open));
    }
}
