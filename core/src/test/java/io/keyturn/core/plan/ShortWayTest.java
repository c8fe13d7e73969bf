package io.keyturn.core.plan;

import static io.keyturn.core.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Compromise;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rotation;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A key that a person declared compromised is cut at once, and nothing of its user is rotated for the thief to read. */
class ShortWayTest {
    private static final AccessKey OUT = key(1, 5, used(0));
    private static final AccessKey IDLE = key(2, 80, used(70));

    /** A past in which one key was declared compromised. */
    private record Declared(KeyId out, @Nullable Hold hold) implements History {
        @Override
        public @Nullable Compromise compromise(KeyId key) {
            return out.equals(key) ? new Compromise("d-1", "alice", "public", NOW) : null;
        }

        @Override
        public boolean wasCompromised(UserId user) {
            return true;
        }

        @Override
        public List<Told> told(CredentialId credential) {
            return List.of(new Told(ago(60), Step.DEACTIVATE, ago(30)), new Told(ago(60), Step.ROTATE, ago(30)));
        }

        @Override
        public @Nullable Instant lastSpoken(CredentialId credential) {
            return NOW;
        }

        @Override
        public @Nullable Instant inactiveSince(CredentialId credential) {
            return out.equals(credential.keyId()) ? ago(400) : null;
        }

        @Override
        public List<Hold> holds(CredentialId credential, Instant now) {
            return hold == null ? List.of() : List.of(hold);
        }
    }

    private static Rules rules(Stage stage, List<Exemption> exemptions, Policy policy) {
        return new Rules(
                List.of(policy),
                exemptions,
                List.of(new StageRule(null, null, stage)),
                List.of(),
                Map.of(),
                days(30),
                true);
    }

    private static AccountPlan plan(Rules rules, History past, User user) {
        List<Finding> findings = new Assessor(rules).assess(snapshot(user), past, NOW);
        return new Planner(rules, past).plan(ACCOUNT, findings, NOW);
    }

    private static List<Action> due(Stage stage, @Nullable Hold hold, AccessKey... keys) {
        return plan(rules(stage, List.of(), people()), new Declared(id(OUT), hold), user("ann", keys))
                .due();
    }

    private static KeyId id(AccessKey key) {
        return Objects.requireNonNull(key.id());
    }

    @Test
    void itIsCutAtOnceThoughInUseAndUnannounced() {
        List<Action> due = due(Stage.ENFORCE, null, OUT);

        assertThat(due).singleElement().isInstanceOf(Action.Deactivate.class);
        assertThat(ShortWay.isTakenBy(due.getFirst())).isTrue();
        assertThat(due.getFirst().reasons()).extracting(Reason::rule).startsWith("compromised");
    }

    @Test
    void itComesBeforeWhatLaysIdleLongerSoThatNoCapIsUsedUpBefore() {
        assertThat(due(Stage.ENFORCE, null, OUT, IDLE).getFirst().credential().keyId())
                .isEqualTo(OUT.id());
    }

    @Test
    void stageFreezeAndExemptionBoundItAndASnoozeDoesNot() {
        assertThat(due(Stage.ROTATE, null, OUT)).isEmpty();
        assertThat(due(Stage.ENFORCE, new Hold(false, "frozen by carol: vendor", null), OUT))
                .isEmpty();
        assertThat(due(Stage.ENFORCE, new Hold(true, "snoozed by carol: away", null), OUT))
                .hasSize(1);
        Exemption exemption = new Exemption(new ArnPattern("arn:aws:iam::*:user/ann"), "sec", "sealed", LocalDate.MAX);
        Rules exempting = rules(Stage.ENFORCE, List.of(exemption), people());
        AccountPlan plan = plan(exempting, new Declared(id(OUT), null), user("ann", OUT));
        assertThat(plan.due()).isEmpty();
        assertThat(plan.next()).hasSize(1);
    }

    @Test
    void offItIsNeitherGovernedNorDeletedWhateverTheCoolDown() {
        AccessKey off = new AccessKey(null, OUT.id(), false, OUT.created(), OUT.lastUse(), NOW);
        User user = user("ann", off);
        List<Finding> findings = new Assessor(rules(Stage.ENFORCE, List.of(), deleting()))
                .assess(snapshot(user), new Declared(id(OUT), null), NOW);

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.standing()).isEqualTo(Standing.INACTIVE);
            assertThat(finding.governedBy()).isNull();
        });
        assertThat(plan(rules(Stage.ENFORCE, List.of(), deleting()), new Declared(id(OUT), null), user)
                        .due())
                .isEmpty();
    }

    private static Policy deleting() {
        return new Policy(
                "all",
                Condition.ALWAYS,
                null,
                new Limit(days(30), days(45), List.of(), List.of(Step.DEACTIVATE, Step.DELETE)),
                days(7),
                null,
                days(30),
                false);
    }

    private static Policy rotating(boolean selfFetch) {
        Rotation rotation = new Rotation(List.of(), selfFetch, days(14), days(45), days(75));
        return new Policy(
                "all",
                Condition.ALWAYS,
                new Limit(days(75), days(90), List.of(), List.of(Step.ROTATE)),
                null,
                days(7),
                rotation,
                days(30),
                false);
    }

    @Test
    void noSuccessorIsMadeForItsUserToFetchItself() {
        AccessKey old = key(3, 100, used(0));
        KeyId gone = new KeyId("AKIAEXAMPLE0000GONE0");

        AccountPlan fetched =
                plan(rules(Stage.ENFORCE, List.of(), rotating(true)), new Declared(gone, null), user("ann", old));
        AccountPlan read =
                plan(rules(Stage.ENFORCE, List.of(), rotating(false)), new Declared(gone, null), user("ann", old));

        assertThat(fetched.due()).isEmpty();
        assertThat(read.due()).hasAtLeastOneElementOfType(Action.CreateKey.class);
    }
}
