package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key that a person declared to be in others' hands. */
class CompromiseToldTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void declared() throws Exception {
        scene.letters.closing = Channel.Closing.ALWAYS;
        User ann = scene.live.get("ann");
        new Decisions(scene.store, () -> scene.now, () -> "d-7", "command line")
                .compromised(
                        new Target(ACCOUNT.id(), ann.id(), ann.name(), new KeyId(Scene.ANN_KEY)),
                        "alice",
                        "in a public repository");
    }

    private List<String> cut() throws Exception {
        return scene.apply(scene.plan().stream()
                .filter(action -> action.kind() == Verb.DEACTIVATE)
                .toList());
    }

    @Test
    void itsOwnerHearsAtOnceThatItIsOff() throws Exception {
        assertThat(cut()).containsExactly("deactivate ann: done");
        assertThat(scene.letters.calls).containsExactly("ann@example.com of 1, after null");
        assertThat(scene.letters.sent.getFirst().finding().active()).isFalse();
        assertThat(scene.letters.sent.getFirst().finding().standing()).isEqualTo(Standing.LEAKED);
    }

    @Test
    void thatItIsOffIsNoReasonToSayThatNothingIsLeftToDo() throws Exception {
        cut();
        assertThat(scene.plan()).noneMatch(action -> action.kind() == Verb.CLOSE_NOTICE);
    }

    @Test
    void aFailureToTellIsSaidAndKeepsNothingFromBeingSwitchedOff() throws Exception {
        scene.letters.gone.add("ann@example.com");
        assertThat(cut()).containsExactly("deactivate ann: done", "could not send the letter of letters: they left");
        assertThat(scene.active("ann")).isFalse();
    }

    @Test
    void reasonsOfTheSameKindAreSaidOnceWithTheirNumber() throws Exception {
        User bob = scene.live.get("bob");
        new Decisions(scene.store, () -> scene.now, () -> "d-8", "command line")
                .compromised(
                        new Target(ACCOUNT.id(), bob.id(), bob.name(), new KeyId(Scene.BOB_KEY)),
                        "alice",
                        "in a public repository");
        scene.letters.gone.addAll(List.of("ann@example.com", "bob@example.com"));
        assertThat(cut())
                .containsExactly(
                        "deactivate ann: done",
                        "deactivate bob: done",
                        "could not send the letter of letters: they left (2 keys)");
    }

    @Test
    void whereNobodyCanBeToldTheKeyIsSwitchedOffAllTheSame() throws Exception {
        scene.letters.speaks = false;
        assertThat(cut()).containsExactly("deactivate ann: done");
        assertThat(scene.letters.calls).isEmpty();
    }

    @Test
    void whoseOwnerNobodyKnowsIsSwitchedOffAndNobodyIsTold() throws Exception {
        scene.rules = new Rules(
                Scene.RULES.policies(),
                List.of(),
                Scene.RULES.stages(),
                List.of(new OwnerRule.Tag("Nobody")),
                Map.of(),
                Scene.RULES.firstNotice(),
                true);
        assertThat(cut()).containsExactly("deactivate ann: done");
        assertThat(scene.letters.calls).isEmpty();
    }

    @Test
    void whatIsDoubtfulOrNotTriedIsSaid() throws Exception {
        scene.letters.doubtful = true;
        assertThat(cut()).containsExactly("deactivate ann: done", "could not send the letter of letters: no answer");
    }

    @Test
    void aStopRightAfterTheActLeavesItsOwnerUntoldAndSaysSo() throws Exception {
        scene.live.beforeChange = () -> {
            try {
                new StopFlag(scene.store).raise("bob: enough");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        };
        assertThat(cut())
                .containsExactly(
                        "deactivate ann: done", "could not tell the owner of ann: everything is stopped: bob: enough");
    }
}
