package io.keyturn.core.explain;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.keyId;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.people;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static io.keyturn.core.Samples.withPolicies;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.Memories;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.assess.Reason;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Hold;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which step of a key an approval would be for, or why for none. */
class AwaitedTest {
    private static KeyStory story(Stage stage, User user) {
        return story(stage, History.NONE, user);
    }

    private static KeyStory story(Stage stage, History past, User user) {
        Rules rules = rules(people()).at(stage);
        return new Explainer(rules, past)
                .explain(snapshot(user), NOW)
                .getFirst()
                .keys()
                .getFirst();
    }

    private static Awaited awaited(Stage stage, Approval approval, Duration validity, User user) {
        return Awaited.of(story(stage, user), approval, validity, NOW);
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

    @Test
    void what_somebody_holds_back_waits_for_them_and_for_no_approval() {
        KeyStory frozen = story(
                Stage.ENFORCE,
                Memories.of().held(new Hold(false, "frozen by alice", null)),
                user("ann", key(1, 80, used(60))));

        assertThat(Awaited.of(frozen, Approval.ONE, days(60), NOW)).isEqualTo(new Awaited(null, "frozen by alice"));
    }

    @Test
    void a_rotation_waits_for_a_person_whatever_the_configuration_asks_for() {
        KeyStory plain = story(Stage.NOTIFY, user("ann", key(1, 80, used(1))));
        KeyStory waits = told(plain, List.of(), true);
        KeyStory lost = told(plain, List.of(new Reason.SuccessorLost(keyId(2), true)), false);

        assertThat(Awaited.of(waits, Approval.NONE, days(7), NOW)).isEqualTo(new Awaited(Step.DEACTIVATE, ""));
        assertThat(Awaited.of(lost, Approval.NONE, days(7), NOW)).isEqualTo(new Awaited(Step.ROTATE, ""));
    }

    /** The same story of a key that stands so for those reasons. */
    private static KeyStory told(KeyStory key, List<Reason> reasons, boolean waits) {
        Finding f = key.finding();
        Finding other = new Finding(
                f.credential(),
                f.active(),
                f.age(),
                f.lastUse(),
                f.idle(),
                f.standing(),
                f.governedBy(),
                reasons,
                f.owner(),
                f.deadlines(),
                f.controls());
        return new KeyStory(
                other, key.facts(), key.policies(), key.governing(), key.next(), waits, key.holds(), key.rotation());
    }
}
