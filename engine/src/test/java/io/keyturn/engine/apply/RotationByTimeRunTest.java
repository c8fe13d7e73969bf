package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.RotationScene.NEW;
import static io.keyturn.engine.apply.RotationScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Deadline;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Standing;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.SecretSink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rotation that waits for nothing but its days, told of at each end. */
class RotationByTimeRunTest {
    private final RotationScene scene = new RotationScene();

    @BeforeEach
    void byTime() {
        scene.byTime();
    }

    private Notice last() {
        return scene.letters.sent.getLast();
    }

    private Deadline announced() {
        return Objects.requireNonNull(last().announced());
    }

    @Test
    void eachStepIsToldAsItIsDone() throws Exception {
        assertThat(scene.run()).containsExactly("create-key", "deliver-secret", "remind");
        assertThat(announced().step()).isEqualTo(Step.DEACTIVATE);
        assertThat(announced().at()).isEqualTo(scene.now().plus(Duration.ofDays(14)));

        assertThat(scene.live(14)).containsExactly("14: deactivate");
        assertThat(scene.letters.sent).hasSize(2);
        assertThat(last().finding().standing()).isEqualTo(Standing.INACTIVE);
        assertThat(announced().step()).isEqualTo(Step.DELETE);
        assertThat(announced().at()).isEqualTo(scene.now().plus(Duration.ofDays(30)));

        assertThat(scene.live(29)).isEmpty();
        assertThat(scene.live(1)).containsExactly("1: delete");
        assertThat(scene.keys()).containsExactly("1 on");
        assertThat(scene.letters.sent).hasSize(3);
        assertThat(last().announced()).as("nothing more comes").isNull();
        assertThat(last().finding().credential().keyId()).isEqualTo(OLD);
    }

    @Test
    void anOldKeyInUseBesideAnUnusedNewOneIsKeptUntilThatIsUsed() throws Exception {
        scene.run();
        assertThat(scene.live(14, OLD)).containsExactly("14: remind");
        assertThat(scene.keys()).containsExactly("old on", "1 on");
        assertThat(scene.live(1, OLD, NEW)).containsExactly("1: deactivate");
    }

    @Test
    void whatCouldNotBeToldOfAnEndIsSaidAndToldByTheNextRun() throws Exception {
        scene.run();
        scene.days(14);
        scene.letters.placement = Placement.FAILED;
        assertThat(scene.run()).hasSize(2).first().isEqualTo("deactivate");
        scene.letters.placement = Placement.PLACED;
        assertThat(scene.run()).containsExactly("remind");
        assertThat(announced().step()).isEqualTo(Step.DELETE);
        assertThat(scene.run()).isEmpty();
    }

    @Test
    void thatADeletionCouldNotBeToldIsSaid() throws Exception {
        scene.run();
        scene.live(14);
        scene.days(30);
        scene.letters.placement = Placement.FAILED;
        assertThat(scene.run()).containsExactly("delete", "could not send the letter of letters: it is shut");
    }

    @Test
    void aKeyThatNobodyEverHeldGoesWithoutAWord() throws Exception {
        scene.sink.answers.add(new SecretSink.Answer.Confirmed(Evidence.READ_BACK, "vault", List.of()));
        for (int i = 0; i < 3; i++) {
            scene.sink.answers.add(FakeSink.refused());
        }
        assertThat(scene.run()).startsWith("create-key", "deliver-secret: failed, it was so ordained");
        assertThat(scene.live(30)).contains("30: delete");
        assertThat(scene.letters.sent)
                .noneMatch(notice -> NEW.equals(notice.finding().credential().keyId()));
    }
}
