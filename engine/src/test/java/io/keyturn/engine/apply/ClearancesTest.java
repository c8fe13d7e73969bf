package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.RotationScene.NEW;
import static io.keyturn.engine.apply.RotationScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Problem;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.Evidence;
import io.keyturn.engine.port.SecretSink;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How long a new secret lies in its sink, and who takes it away. */
class ClearancesTest {
    private final RotationScene scene = new RotationScene();

    @Test
    void theSecretOfAKeyInUseLeavesItsSinkAfterFourteenDays() throws Exception {
        scene.announced();
        scene.run();
        scene.live(13, NEW);
        assertThat(scene.sink.held).hasSize(1);
        scene.live(1, NEW);
        assertThat(scene.sink.held).isEmpty();
    }

    @Test
    void theSecretOfAKeyThatNobodyInstalledYetWaitsForItsOwnerForHalfAYear() throws Exception {
        scene.announced();
        scene.run();
        scene.live(179, OLD);
        assertThat(scene.sink.held).hasSize(1);
        scene.live(1, OLD);
        assertThat(scene.sink.held).isEmpty();
    }

    @Test
    void aSecretThatNobodyCanUseAnyMoreDoesNotWait() throws Exception {
        scene.announced();
        scene.run();
        scene.change(List::removeLast);
        scene.live(14, OLD);
        assertThat(scene.sink.held).isEmpty();
    }

    @Test
    void aSecretWaitsForItsReaderAsLongAsAnybodyMayComeForIt() throws Exception {
        scene.announced();
        scene.run();
        scene.days(14);
        User ann = scene.live.get("ann");
        scene.live.put(ann.withKeys(Fact.unknown("denied")));
        scene.run();
        assertThat(scene.sink.held).as("its keys are not known").hasSize(1);

        scene.live.unreadable = true;
        assertThat(scene.run()).anyMatch(line -> line.contains("AWS throttled every attempt"));
        assertThat(scene.sink.held).as("its user is not known").hasSize(1);

        scene.live.unreadable = false;
        scene.live.put(FakeAccount.user("ann", "AIDAOTHER", scene.now()));
        scene.apply(List.of());
        assertThat(scene.sink.held).as("it is another user's").isEmpty();
    }

    @Test
    void aSecretOfAUserWhoIsGoneWaitsForNobody() throws Exception {
        scene.announced();
        scene.run();
        scene.days(14);
        scene.live.remove(scene.live.get("ann").name());
        scene.apply(List.of());
        assertThat(scene.sink.held).isEmpty();
    }

    @Test
    void aSecretOfAKeyThatWasSwitchedOffWaitsForNobody() throws Exception {
        scene.announced();
        scene.run();
        scene.days(14);
        scene.change(keys -> keys.replaceAll(key -> NEW.equals(key.id())
                ? new AccessKey(null, NEW, false, key.created(), key.lastUse(), key.asOf())
                : key));
        scene.run();
        assertThat(scene.sink.held).isEmpty();
    }

    @Test
    void aSecretThatCannotBeTakenAwayIsToldAndTriedAgain() throws Exception {
        scene.announced();
        scene.run();
        scene.live(13, NEW);
        scene.days(1);
        scene.used(NEW);
        scene.sink.clearings.addAll(List.of(FakeSink.refused(), FakeSink.inDoubt()));
        assertThat(scene.run()).containsOnlyOnce("could not deliver the secret of the sink: it was so ordained");
        assertThat(scene.run()).containsOnlyOnce("could not deliver the secret of the sink: no answer came");
        scene.sink.shut = Optional.of(new Problem("open", "the sink", "its key is disabled", ""));
        assertThat(scene.run()).contains("could not open of the sink: its key is disabled");
        assertThat(scene.sink.held).hasSize(1);

        scene.sink.shut = Optional.empty();
        scene.run();
        assertThat(scene.sink.held).isEmpty();
    }

    /** It may lie in the sink all the same. */
    @Test
    void aSecretOfWhichNobodyKnowsWhetherItArrivedIsTakenAwayByTheNextRun() throws Exception {
        scene.announced();
        scene.sink.answers.add(new SecretSink.Answer.Confirmed(Evidence.READ_BACK, "vault", List.of()));
        for (int i = 0; i < 3; i++) {
            scene.sink.answers.add(FakeSink.inDoubt());
        }
        scene.sink.clearings.add(FakeSink.refused());
        assertThat(scene.run()).contains("deliver-secret: failed, no answer came");
        scene.sink.calls.clear();
        scene.run();
        assertThat(scene.sink.calls).containsExactly("clear " + NEW);
        scene.run();
        assertThat(scene.sink.calls).hasSize(1);
    }

    private void leftInTheSinkWithItsKeyOn() throws Exception {
        scene.announced();
        scene.sink.answers.add(new SecretSink.Answer.Confirmed(Evidence.READ_BACK, "vault", List.of()));
        for (int i = 0; i < 3; i++) {
            scene.sink.answers.add(FakeSink.inDoubt());
        }
        scene.sink.clearings.add(FakeSink.refused());
        scene.run();
        turn(true);
        scene.sink.calls.clear();
    }

    private void turn(boolean on) {
        scene.change(keys -> keys.replaceAll(key ->
                NEW.equals(key.id()) ? new AccessKey(null, NEW, on, key.created(), key.lastUse(), key.asOf()) : key));
    }

    /** Whoever found it there would look for it there again. */
    @Test
    void aSecretThatSomebodyFoundBeforeItCouldBeTakenAwayStaysUntilItsKeyIsOff() throws Exception {
        leftInTheSinkWithItsKeyOn();

        scene.live(1, NEW);
        assertThat(scene.sink.calls).isEmpty();

        turn(false);
        scene.run();
        assertThat(scene.sink.calls).containsExactly("clear " + NEW);
    }

    @Test
    void aSecretThatNobodyFoundIsTakenAwayThoughItsKeyIsOn() throws Exception {
        leftInTheSinkWithItsKeyOn();

        scene.days(1);
        scene.run();
        assertThat(scene.sink.calls).startsWith("clear " + NEW);
    }

    @Test
    void onceStoppedNoSecretIsTakenAway() throws Exception {
        scene.announced();
        scene.run();
        scene.live(13, NEW);
        scene.days(1);
        new StopFlag(scene.store).raise("alice: drill");
        scene.run();
        assertThat(scene.sink.held).hasSize(1);
    }
}
