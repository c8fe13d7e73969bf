package io.keyturn.core.plan;

import static io.keyturn.core.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Forgetful;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When tickets are opened, added to and closed. */
class TicketPlanTest {
    private static final User OVERDUE = user("ann", key(1, 100, used(1)));
    private static final User HEALTHY = user("ann", key(1, 10, used(1)));
    private static final User OFF = user("ann", inactive(key(1, 100, used(20))));

    /** A ticket filed so many days ago, and nothing else. */
    private record Filed(long days, KeyId key) implements Forgetful {
        @Override
        public List<OpenedTicket> tickets() {
            Target target = new Target(ACCOUNT.id(), OVERDUE.id(), OVERDUE.name(), key);
            return List.of(new OpenedTicket(target, ago(days), "keyturn-1", "OPS-7"));
        }
    }

    private static List<Action> due(Stage stage, History history, boolean whole, User... users) {
        Rules base = rules(people());
        Rules rules = new Rules(
                base.policies(),
                List.of(),
                List.of(new StageRule(null, null, stage)),
                base.owners(),
                Map.of(),
                days(30),
                true);
        List<Finding> findings = new Assessor(rules).assess(snapshot(users), NOW);
        return new Planner(rules, history)
                .plan(ACCOUNT, findings, whole, NOW).due().stream()
                        .filter(action -> action.step() == Step.TICKET)
                        .toList();
    }

    @Test
    void aTicketThatStandsIsAddedToAsOftenAsPeopleAreReminded() {
        assertThat(due(Stage.NOTIFY, new Filed(6, keyId(1)), true, OVERDUE)).isEmpty();
        assertThat(due(Stage.NOTIFY, new Filed(7, keyId(1)), true, OVERDUE))
                .singleElement()
                .isInstanceOfSatisfying(Action.OpenTicket.class, ticket -> {
                    assertThat(ticket.open()).isEqualTo("OPS-7");
                    assertThat(ticket.announced()).isNotNull();
                    assertThat(ticket.cap()).isNull();
                });
        assertThat(due(Stage.NOTIFY, History.NONE, true, OVERDUE))
                .singleElement()
                .isInstanceOfSatisfying(
                        Action.OpenTicket.class,
                        ticket -> assertThat(ticket.open()).isNull());
    }

    @Test
    void aTicketIsClosedWhenItsKeyIsHealthySwitchedOffOrGone() {
        assertThat(closed(HEALTHY)).containsExactly(Settled.HEALTHY);
        assertThat(closed(OFF)).containsExactly(Settled.SWITCHED_OFF);
        assertThat(closed()).containsExactly(Settled.GONE);
        assertThat(closed(user("bob", key(2, 10, used(1))))).containsExactly(Settled.GONE);
        assertThat(due(Stage.NOTIFY, new Filed(1, keyId(1)), true, OVERDUE)).isEmpty();
    }

    private static List<Settled> closed(User... users) {
        return due(Stage.NOTIFY, new Filed(1, keyId(1)), true, users).stream()
                .map(action -> ((Action.CloseTicket) action).settled())
                .toList();
    }

    @Test
    void whatMayOnlyNotHaveBeenReadIsNotGone() {
        assertThat(due(Stage.NOTIFY, new Filed(1, keyId(1)), false)).isEmpty();
        AccessKey unknown = key(1, 10, used(1));
        User withoutIds = user("ann", new AccessKey(1, null, true, unknown.created(), unknown.lastUse(), NOW));
        assertThat(due(Stage.NOTIFY, new Filed(1, keyId(1)), true, withoutIds)).isEmpty();
        assertThat(due(Stage.NOTIFY, new Filed(1, keyId(1)), true, OVERDUE.withKeys(Fact.unknown("throttled"))))
                .isEmpty();
    }

    @Test
    void whereNothingLeavesTheAccountNoTicketIsClosed() {
        assertThat(due(Stage.OBSERVE, new Filed(1, keyId(1)), true, HEALTHY)).isEmpty();
    }
}
