package io.keyturn.core.explain;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withPolicies;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which step of a key an approval would be for, or why for none. */
class AwaitedTest {
    private static Awaited awaited(Stage stage, Approval approval, Duration validity, User user) {
        Rules base = rules(people());
        Rules rules = new Rules(
                base.policies(),
                List.of(),
                List.of(new StageRule(null, null, stage)),
                base.owners(),
                Map.of(),
                days(30),
                true);
        KeyStory key = new Explainer(rules, History.NONE)
                .explain(snapshot(user), NOW)
                .getFirst()
                .keys()
                .getFirst();
        return Awaited.of(key, approval, validity, NOW);
    }

    @Test
    void theNextStepThatChangesTheKeyWaits() {
        User idle = user("ann", key(1, 80, used(60)));
        assertThat(awaited(Stage.ENFORCE, Approval.ONE, days(60), idle).step()).isEqualTo(Step.DEACTIVATE);
        assertThat(awaited(Stage.ENFORCE, Approval.ONE, days(7), idle).why())
                .startsWith("deactivate comes only after")
                .endsWith("an approval holds 7 days");
        assertThat(awaited(Stage.ENFORCE, Approval.NONE, days(60), idle).why())
                .isEqualTo("deactivate comes next, and the configuration asks for no approval");
        assertThat(awaited(Stage.NOTIFY, Approval.ONE, days(60), idle).why())
                .isEqualTo("deactivate comes next, and the stage notify of its account does not allow it");
    }

    @Test
    void aHealthyKeyAndALeakedOneWaitForNothing() {
        assertThat(awaited(Stage.ENFORCE, Approval.ONE, days(60), user("ann", key(1, 2, used(1))))
                        .why())
                .isEqualTo("no step that changes it is to come");
        User leaked = withPolicies(user("ann", key(1, 2, used(1))), known(List.of("AWSCompromisedKeyQuarantineV3")));
        assertThat(awaited(Stage.ENFORCE, Approval.ONE, days(60), leaked).why())
                .isEqualTo("it is leaked: `keyturn compromised KEY --why TEXT` approves its end and carries it out");
    }
}
