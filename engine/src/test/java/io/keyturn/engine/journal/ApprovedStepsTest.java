package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.decide.Decisions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Which changes of a plan that somebody looked at may be carried out. */
class ApprovedStepsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final AccountId ACCOUNT = new AccountId("111122223333");
    private static final SeenPlan.Row ANN = row("ann");
    private static final SeenPlan.Row BOB = row("bob");
    private static final SeenPlan PLAN =
            new SeenPlan("ab".repeat(32), "run-1", NOW, true, List.of(ANN, BOB), "changes");

    private final MemoryJournalStore store = new MemoryJournalStore();
    private Instant now = NOW;
    private int ids;
    private final Decisions decisions = new Decisions(store, () -> now, () -> "d-" + ++ids, "page");

    private static SeenPlan.Row row(String name) {
        Target target = target(name);
        CredentialId id = new CredentialId(
                CredentialId.Kind.ACCESS_KEY,
                ACCOUNT,
                new Principal.OfUser(target.name(), target.user(), ""),
                null,
                target.key(),
                null);
        return new SeenPlan.Row("deactivate", Step.DEACTIVATE, id, name, "production", "old", SeenPlan.State.DUE, null);
    }

    private static Target target(String name) {
        return new Target(
                ACCOUNT,
                new UserId("AIDA" + name),
                new UserName(name),
                new KeyId("AKIAEXAMPLE000000" + name.toUpperCase(Locale.ROOT)));
    }

    private void approve(String name, String by) throws Exception {
        decisions.approve(new Scope.OfTarget(target(name)), Step.DEACTIVATE, by, "fine", now.plus(Duration.ofDays(3)));
    }

    private List<SeenPlan.Row> approved(Approval approval) throws Exception {
        return ApprovedSteps.of(store, approval, PLAN, now);
    }

    @Test
    void withoutAnyoneToAskAllAre() throws Exception {
        assertThat(approved(Approval.NONE)).containsExactly(ANN, BOB);
        assertThat(approved(Approval.ONE)).isEmpty();
    }

    @Test
    void aStepCountsByItselfAndAPlanForAllOfItsSteps() throws Exception {
        approve("ann", "page:carol");
        assertThat(approved(Approval.ONE)).containsExactly(ANN);
        assertThat(approved(Approval.TWO)).isEmpty();
        decisions.approve(PLAN.hash(), PLAN.fingerprint(), "page:dave", "fine", now.plus(Duration.ofDays(3)));
        assertThat(approved(Approval.ONE)).containsExactly(ANN, BOB);
        assertThat(approved(Approval.TWO)).containsExactly(ANN);
    }

    @Test
    void whatWasApprovedBeforeARefusalIsNotHeard() throws Exception {
        approve("ann", "page:carol");
        now = now.plusSeconds(1);
        decisions.refuse(PLAN.hash(), "changes", "erin", "quarter end");
        assertThat(approved(Approval.ONE)).isEmpty();
        now = now.plusSeconds(1);
        approve("bob", "page:carol");
        assertThat(approved(Approval.ONE)).containsExactly(BOB);
    }
}
