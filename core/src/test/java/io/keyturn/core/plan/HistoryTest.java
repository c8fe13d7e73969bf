package io.keyturn.core.plan;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.ago;
import static io.keyturn.core.Samples.keyId;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Forgetful;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.core.policy.Step;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final CredentialId KEY =
            new CredentialId(CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), Principal.ROOT, null, keyId(1), NOW);

    @Test
    void a_step_is_approved_when_the_last_of_its_approvers_said_so() {
        Forgetful approved = new Forgetful() {
            @Override
            public List<Approved> approvals(CredentialId credential, Step step, Instant now) {
                return step == Step.ROTATE
                        ? List.of(
                                new Approved("alice", ago(5)),
                                new Approved("bob", ago(2)),
                                new Approved("carol", ago(3)))
                        : List.of();
            }
        };

        assertThat(approved.approved(KEY, Step.ROTATE, NOW)).isEqualTo(ago(2));
        assertThat(approved.approved(KEY, Step.DEACTIVATE, NOW)).isNull();
    }

    @Test
    void who_remembers_nothing_knows_of_no_rotation() {
        assertThat(History.NONE.concern(new UserId("AIDAANN"))).isFalse();
        assertThat(History.NONE.of(keyId(1))).isNull();
        assertThat(History.NONE.by(keyId(1))).isNull();
    }
}
