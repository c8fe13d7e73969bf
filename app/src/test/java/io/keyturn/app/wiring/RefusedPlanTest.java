package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Settings;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.MemoryJournalStore;
import io.keyturn.engine.journal.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a run makes of a plan that somebody refused, where a person must approve each change. */
class RefusedPlanTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final Target ANN = new Target(
            new AccountId("111122223333"),
            new UserId("AIDAANN"),
            new UserName("ann"),
            new KeyId("AKIAEXAMPLE000000ANN"));
    private static final CredentialId KEY = new CredentialId(
            CredentialId.Kind.ACCESS_KEY,
            ANN.account(),
            new Principal.OfUser(ANN.name(), ANN.user(), ""),
            null,
            ANN.key(),
            null);
    private static final Action OFF = new Action.Deactivate(KEY, List.of());
    private static final Action.Remind WORD = new Action.Remind(KEY, List.of(), null, null);

    private final MemoryJournalStore store = new MemoryJournalStore();
    private Instant now = NOW;
    private final Decisions decisions = new Decisions(store, () -> now, () -> "d-" + now, "page");

    private Restraints weigh(Plan plan) throws Exception {
        Acting none = Acting.NONE;
        Settings settings = Settings.defaults(Path.of("unused.db"))
                .acting(new Acting(
                        none.channels(),
                        none.manner(),
                        none.window(),
                        Approval.ONE,
                        none.handOver(),
                        none.credstash()));
        Restraints restraints = new Restraints(settings, now);
        restraints.weigh(plan, plan.hash(), Optional.of(store));
        return restraints;
    }

    private void later() {
        now = now.plusSeconds(1);
    }

    @Test
    void aRefusalStopsWhatWasApprovedBeforeOfThePlanAndOfItsSteps() throws Exception {
        Plan plan = new Plan(List.of(OFF), List.of(), "today");
        Instant until = NOW.plus(Duration.ofDays(3));
        decisions.approve(new Scope.OfPlan("today"), null, "alice", "fine", until);
        assertThat(weigh(plan).allows(OFF)).isTrue();
        later();
        decisions.approve(new Scope.OfTarget(ANN), Step.DEACTIVATE, "alice", "fine", until);
        later();
        decisions.refuse("today", plan.changes(), "carol", "quarter end");
        assertThat(weigh(plan).allows(OFF)).isFalse();
        assertThat(weigh(plan).sentences(plan))
                .containsExactly("the plan was refused by carol on 2026-11-23, quarter end: 1 change waits until it"
                        + " changes, or somebody approves it after all");
        later();
        decisions.approve(new Scope.OfTarget(ANN), Step.DEACTIVATE, "dave", "looked again", until);
        assertThat(weigh(plan).allows(OFF)).isTrue();
    }

    @Test
    void whoeverIsAskedIsAskedAgainOnlyWhenThePlanChangesSomethingElseOrForAnotherReason() throws Exception {
        Plan today = new Plan(List.of(OFF), List.of(), "today");
        decisions.refuse("today", today.changes(), "carol", "quarter end");
        Plan tomorrow = new Plan(List.of(WORD, OFF), List.of(), "tomorrow");
        assertThat(weigh(tomorrow).sentences(tomorrow))
                .singleElement()
                .asString()
                .startsWith("the plan was refused");
        Action leaked = new Action.Deactivate(KEY, List.of(new Reason.Quarantined("AWSCompromisedKeyQuarantineV3")));
        for (Action other : List.of(leaked, new Action.Delete(KEY, List.of()))) {
            Plan changed = new Plan(List.of(other), List.of(), "changed");
            assertThat(weigh(changed).sentences(changed))
                    .singleElement()
                    .asString()
                    .startsWith("the configuration asks for the approval of a person: 1 change waits");
        }
    }
}
