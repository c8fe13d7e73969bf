package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Owner;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActionTest {
    private static final CredentialId KEY = key(new Principal.OfUser(new UserName("ann"), new UserId("AIDA1"), "arn"));
    private static final Owner SEC = new Owner("sec", "default");
    private static final List<Action> ALL = List.of(
            new Action.Remind(KEY, List.of(), SEC, null),
            new Action.OpenTicket(KEY, List.of(), SEC, null, null),
            new Action.CloseTicket(KEY, List.of(), "OPS-1", Settled.HEALTHY),
            new Action.CreateKey(KEY, List.of()),
            new Action.DeliverSecret(KEY, List.of(), "secrets-manager"),
            new Action.Deactivate(KEY, List.of()),
            new Action.Brownout(KEY, List.of(), Duration.ofMinutes(15)),
            new Action.Reactivate(KEY, List.of()),
            new Action.Delete(KEY, List.of()));

    private static CredentialId key(Principal principal) {
        return new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), principal, null, keyId(1), NOW);
    }

    @Test
    void everyActionHasItsStepItsCapAndItsWord() {
        assertThat(ALL)
                .extracting(Action::verb)
                .containsExactly(
                        "remind",
                        "open-ticket",
                        "close-ticket",
                        "create-key",
                        "deliver-secret",
                        "deactivate",
                        "brownout",
                        "reactivate",
                        "delete");
        assertThat(ALL)
                .extracting(Action::step)
                .containsExactly(
                        Step.REMIND,
                        Step.TICKET,
                        Step.TICKET,
                        Step.ROTATE,
                        Step.ROTATE,
                        Step.DEACTIVATE,
                        Step.DEACTIVATE,
                        Step.DEACTIVATE,
                        Step.DELETE);
        assertThat(ALL)
                .extracting(Action::cap)
                .containsExactly(
                        Capped.OWNERS_TOLD,
                        Capped.TICKETS,
                        null,
                        Capped.CREATE,
                        null,
                        Capped.DEACTIVATE,
                        Capped.DEACTIVATE,
                        null,
                        Capped.DELETE);
        assertThat(new Action.OpenTicket(KEY, List.of(), SEC, null, "OPS-1").cap())
                .isNull();
        assertThat(ALL.getFirst().unit()).isEqualTo("sec");
        assertThat(new Action.Remind(KEY, List.of(), null, null).unit()).isEqualTo("");
        assertThat(ALL.getLast().unit()).isEqualTo(KEY);
    }

    @Test
    void whatOnlySpeaksTakesNoPermissionAndWhatActsLooksFirst() {
        assertThat(Action.permissions(Step.REMIND)).isEmpty();
        assertThat(Action.permissions(Step.TICKET)).isEmpty();
        for (Step step : List.of(Step.ROTATE, Step.DEACTIVATE, Step.DELETE)) {
            assertThat(Action.permissions(step)).contains("iam:ListAccessKeys").hasSize(3);
        }
    }

    @Test
    void whatAPlanChangesHasAFingerprintThatItsMessagesDoNotTouch() {
        Action off = new Action.Deactivate(KEY, List.of());
        String changes = new Plan(List.of(off), List.of(), "today").changes();
        assertThat(new Plan(List.of(ALL.getFirst(), off), List.of(), "tomorrow").changes())
                .isEqualTo(changes);
        assertThat(new Plan(List.of(new Action.Delete(KEY, List.of())), List.of(), "today").changes())
                .isNotEqualTo(changes);
    }
}
