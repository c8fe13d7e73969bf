package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.RotationScene.NEW;
import static io.keyturn.engine.apply.RotationScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.LiveAccount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotationTest {
    private final RotationScene scene = new RotationScene();

    @Test
    void aKeyThatIsInstalledIsReplacedAndTheOldOneEndsAfterTheAnnouncedGrace() throws Exception {
        scene.announced();
        assertThat(scene.run()).containsExactly("create-key", "deliver-secret");
        // It was not time for a reminder, and still the owner hears at once.
        assertThat(scene.letters.sent.getLast().finding().standing())
                .isEqualTo(io.keyturn.core.model.Standing.ROTATING);
        assertThat(scene.keys()).containsExactly("old on", "1 on");
        assertThat(scene.sink.held).containsOnlyKeys(NEW);
        assertThat(scene.live(2, OLD)).isEmpty();
        assertThat(scene.live(1, NEW)).containsExactly("1: remind");
        Notice notice = scene.letters.sent.getLast();
        assertThat(notice.announced()).isNotNull();
        assertThat(notice.announced().at()).isEqualTo(scene.now().plus(java.time.Duration.ofDays(14)));
        assertThat(scene.live(14, NEW)).containsExactly("14: deactivate");
    }

    @Test
    void theOldKeyIsDeletedAfterItsCoolDownWhichWasAnnounced() throws Exception {
        scene.announced();
        scene.run();
        scene.live(15, NEW);
        assertThat(scene.keys()).containsExactly("old off", "1 on");
        assertThat(scene.live(75, NEW).stream().filter(day -> day.contains("delete")))
                .singleElement()
                .asString()
                .startsWith("75: delete");
        assertThat(scene.keys()).containsExactly("1 on");
        assertThat(scene.past().concern(scene.live.get("ann").id())).isFalse();
    }

    @Test
    void anOldKeyStillInUseIsExtendedOnceAndThenHeldForAPerson() throws Exception {
        scene.announced();
        scene.run();
        scene.live(60, OLD, NEW);
        assertThat(scene.keys()).containsExactly("old on", "1 on");
        assertThat(scene.letters.sent.getLast().announced()).isNull();
        scene.approve(Step.ROTATE);
        assertThat(scene.live(1, OLD, NEW)).as("another step was approved").isEmpty();
        scene.approve(Step.DEACTIVATE);
        assertThat(scene.live(1, OLD, NEW)).containsExactly("1: deactivate");
    }

    @Test
    void aKeyThatNobodyInstallsHoldsTheOldOne() throws Exception {
        scene.announced();
        scene.run();
        scene.live(100, OLD);
        assertThat(scene.keys()).containsExactly("old on", "1 on");
    }

    @Test
    void aStageOfRotateNeverEndsTheOldKey() throws Exception {
        scene.stage(Stage.ROTATE);
        scene.announced();
        scene.run();
        scene.live(60, NEW);
        assertThat(scene.keys()).containsExactly("old on", "1 on");
    }

    @Test
    void nothingIsMadeWhereTheSinkDoesNotPassItsProof() throws Exception {
        scene.announced();
        scene.sink.answers.add(FakeSink.refused());
        assertThat(scene.run())
                .containsExactly("create-key: failed, it was so ordained", "deliver-secret: skipped, no key was made");
        assertThat(scene.keys()).containsExactly("old on");
    }

    @Test
    void nothingIsMadeThatCouldNotBeTakenBack() throws Exception {
        scene.announced();
        scene.live.wayBack = Optional.of(new Problem("a", "b", "iam:DeleteAccessKey is denied", "c"));
        assertThat(scene.run().getFirst()).isEqualTo("create-key: failed, iam:DeleteAccessKey is denied");
        assertThat(scene.keys()).containsExactly("old on");
    }

    @Test
    void aKeyWhoseSecretDidNotArriveIsSwitchedOffAtOnceAndRemovedADayLaterForAnotherTry() throws Exception {
        scene.announced();
        scene.sink.answers.add(new io.keyturn.engine.port.SecretSink.Answer.Confirmed(
                io.keyturn.engine.port.SecretSink.Evidence.READ_BACK, "vault", List.of()));
        for (int i = 0; i < 3; i++) {
            scene.sink.answers.add(FakeSink.inDoubt());
        }
        assertThat(scene.run()).startsWith("create-key", "deliver-secret: failed, no answer came");
        assertThat(scene.keys()).containsExactly("old on", "1 off");
        assertThat(scene.sink.held).isEmpty();
        assertThat(scene.live(1, OLD)).singleElement().asString().startsWith("1: delete");
        assertThat(scene.keys()).containsExactly("old on");
        assertThat(scene.live(1, OLD)).containsExactly("1: create-key, deliver-secret");
    }

    @Test
    void aKeyThatAwsTakesForSomebodyElsesIsTakenBack() throws Exception {
        scene.announced();
        scene.live.trials.add(new LiveAccount.Trial.Wrong(new Problem("a", "b", "it belongs to bob", "c")));
        assertThat(scene.run()).contains("deliver-secret: failed, it belongs to bob");
        assertThat(scene.keys()).containsExactly("old on", "1 off");
    }

    @Test
    void aMakingThatNobodySawEndIsFoundByTheNextRunAndTakenBack() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.LOST_AFTER);
        assertThat(scene.run()).startsWith("create-key: in doubt, it was so ordained");
        assertThat(scene.keys()).containsExactly("old on", "1 on");
        scene.run();
        assertThat(scene.run()).containsExactly("deactivate");
        assertThat(scene.keys()).containsExactly("old on", "1 off");
    }

    @Test
    void aMakingThatLandsLateIsFoundToo() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        scene.run();
        assertThat(scene.run()).isEmpty();
        scene.change(keys -> keys.add(new AccessKey(null, NEW, true, scene.now(), LastUse.NEVER_USED, scene.now())));
        scene.run();
        assertThat(scene.run()).containsExactly("deactivate");
        assertThat(scene.keys()).containsExactly("old on", "1 off");
    }

    @Test
    void whatDoesNotFitIsForAPerson() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        scene.run();
        scene.change(keys -> keys.add(new AccessKey(
                null, NEW, true, scene.now(), new LastUse.Used(scene.now(), "s3", "eu-west-1"), scene.now())));
        assertThat(scene.run()).containsExactly("remind");
        assertThat(scene.live(100, OLD, NEW).stream().filter(day -> !day.endsWith("remind")))
                .isEmpty();
        assertThat(scene.keys()).containsExactly("old on", "1 on");
    }

    @Test
    void aSuccessorThatSomebodyDeletesIsNotMadeAgainUntilAPersonApproves() throws Exception {
        scene.announced();
        scene.run();
        scene.change(List::removeLast);
        scene.live(30, OLD);
        assertThat(scene.keys()).containsExactly("old on");
        scene.approve(Step.ROTATE);
        assertThat(scene.live(1, OLD)).contains("1: create-key, deliver-secret, remind");
        assertThat(scene.keys()).containsExactly("old on", "2 on");
    }

    @Test
    void aListThatDoesNotShowTheNewKeyYetIsReadAgainBeforeTheOwnerHears() throws Exception {
        scene.announced();
        scene.live.behind = 4;
        assertThat(scene.run()).containsExactly("create-key", "deliver-secret");
        assertThat(scene.live.behind).isZero();
        assertThat(scene.letters.sent.getLast().finding().standing())
                .isEqualTo(io.keyturn.core.model.Standing.ROTATING);
    }

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
    void theSecretIsWrittenNowhereInTheJournal() throws Exception {
        scene.announced();
        scene.run();
        scene.live(20, NEW);
        assertThat(scene.live.secrets).containsValue("canary-" + NEW);
        assertThat(scene.journal().toString()).contains(NEW.value()).doesNotContain("canary");
    }

    @Test
    void aKeyThatSendsMailIsReplacedOnlyTogetherWithItsPasswords() throws Exception {
        scene.change(keys -> keys.set(
                0,
                new AccessKey(
                        null,
                        OLD,
                        true,
                        keys.getFirst().created(),
                        new LastUse.Used(scene.now(), "ses", "eu-isoe-west-1"),
                        scene.now())));
        scene.announced();
        assertThat(scene.run()).doesNotContain("create-key");
        scene.alsoSmtpPasswords();
        scene.days(7);
        scene.run();
        scene.days(30);
        assertThat(scene.run()).startsWith("create-key", "deliver-secret");
        assertThat(scene.sink.derived).contains("smtpPassword-eu-west-1", "smtpPassword-eu-isoe-west-1");
    }

    @Test
    void aUserWithTwoKeysIsAskedAndNothingIsMade() throws Exception {
        KeyId other = new KeyId("AKIAEXAMPLE00000OTHER");
        scene.change(keys -> keys.add(FakeAccount.key(other.value(), scene.now(), 20, 0)));
        scene.announced();
        scene.live(60, OLD, other);
        assertThat(scene.live.secrets).isEmpty();
    }
}
