package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.RotationScene.NEW;
import static io.keyturn.engine.apply.RotationScene.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Evidence;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.LiveAccount;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;
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
        scene.sink.answers.add(new SecretSink.Answer.Confirmed(Evidence.READ_BACK, "vault", List.of()));
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

    private static SecretSink.Answer confirmed(Evidence evidence, String... readers) {
        return new SecretSink.Answer.Confirmed(evidence, "vault/ann", List.of(readers));
    }

    private static LiveAccount.Trial notYet() {
        return new LiveAccount.Trial.NotYet(new Problem("try", "the key", "AWS does not know it yet", ""));
    }

    @Test
    void nothingIsMadeWhereNobodyKnowsWhetherTheSinkWorks() throws Exception {
        scene.announced();
        scene.sink.answers.add(FakeSink.inDoubt());
        assertThat(scene.run().getFirst()).isEqualTo("create-key: failed, no answer came");
        assertThat(scene.keys()).containsExactly("old on");
    }

    @Test
    void nothingIsMadeForASinkOfWhichNothingCanBeReadBack() throws Exception {
        scene.announced();
        scene.sink.answers.add(confirmed(Evidence.ACKNOWLEDGED));
        assertThat(scene.run().getFirst())
                .isEqualTo("create-key: failed, the sink says that it took it, and nothing can be read back");
        assertThat(scene.keys()).containsExactly("old on");
    }

    @Test
    void aKeyIsMadeForASinkWhoseWordThePolicyTakes() throws Exception {
        scene.taking(Evidence.ACKNOWLEDGED);
        scene.announced();
        scene.sink.answers.add(confirmed(Evidence.ACKNOWLEDGED));
        scene.sink.answers.add(confirmed(Evidence.ACKNOWLEDGED));
        assertThat(scene.run()).contains("create-key", "deliver-secret");
    }

    @Test
    void nothingIsMadeForASinkThatShowsLessThanThePolicyAsksFor() throws Exception {
        scene.taking(Evidence.READ_BACK);
        scene.announced();
        scene.sink.answers.add(confirmed(Evidence.CIPHERTEXT_DIGEST));
        assertThat(scene.run().getFirst())
                .isEqualTo("create-key: failed, all that is known is the digest of what was encrypted read back");
        assertThat(scene.keys()).containsExactly("old on");
    }

    @Test
    void nothingIsMadeWhereTheSinkCannotBeOpened() throws Exception {
        scene.announced();
        scene.sink.shut = Optional.of(new Problem("open", "the sink", "its key is disabled", ""));
        assertThat(scene.run().getFirst()).isEqualTo("create-key: failed, its key is disabled");
        assertThat(scene.live.secrets).isEmpty();
    }

    @Test
    void aSecretThatWasMerelyTakenDownIsTakenBack() throws Exception {
        scene.announced();
        scene.sink.answers.add(confirmed(Evidence.READ_BACK));
        scene.sink.answers.add(confirmed(Evidence.ACKNOWLEDGED));
        assertThat(scene.run())
                .contains("deliver-secret: failed, the sink says that it took it, and nothing can be read back");
        assertThat(scene.keys()).containsExactly("old on", "1 off");
        assertThat(scene.sink.held).isEmpty();
    }

    @Test
    void howADeliveryWasProvenAndWhoMayReadItIsWrittenDown() throws Exception {
        scene.announced();
        scene.sink.answers.add(confirmed(Evidence.READ_BACK));
        scene.sink.answers.add(confirmed(Evidence.CIPHERTEXT_DIGEST, "only ann can decrypt it", "bob may list it"));
        assertThat(scene.run()).startsWith("create-key", "deliver-secret");
        assertThat(scene.journal().toString())
                .contains("the digest of what was encrypted read back; only ann can decrypt it; bob may list it");
    }

    @Test
    void aMakingThatIsRefusedMakesNothing() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.REFUSED);
        assertThat(scene.run())
                .containsExactly("create-key: failed, it was so ordained", "deliver-secret: skipped, no key was made");
        assertThat(scene.run()).startsWith("create-key", "deliver-secret");
    }

    @Test
    void aKeyThatAwsDoesNotKnowEverywhereYetIsTriedAgain() throws Exception {
        scene.announced();
        Instant before = scene.now();
        scene.live.trials.addAll(List.of(notYet(), notYet()));
        assertThat(scene.run()).startsWith("create-key", "deliver-secret");
        assertThat(scene.live.calls).filteredOn(call -> call.startsWith("try")).hasSize(3);
        assertThat(scene.now()).isEqualTo(before.plusSeconds(1 + 2));
    }

    @Test
    void aKeyThatNeverWorksIsTakenBack() throws Exception {
        scene.announced();
        for (int i = 0; i < 6; i++) {
            scene.live.trials.add(notYet());
        }
        assertThat(scene.run()).contains("deliver-secret: failed, AWS does not know it yet");
        assertThat(scene.keys()).containsExactly("old on", "1 off");
    }

    @Test
    void aKeyIsNotTriedWhereThePolicyDoesNotWantThat() throws Exception {
        scene.announced();
        scene.withoutProbe();
        assertThat(scene.run()).startsWith("create-key", "deliver-secret");
        assertThat(scene.live.calls).noneMatch(call -> call.startsWith("try"));
    }

    @Test
    void onceStoppedAKeyWhoseSecretDidNotArriveIsLeftForTheNextRun() throws Exception {
        scene.announced();
        scene.live.trials.add(new LiveAccount.Trial.Wrong(new Problem("a", "b", "it belongs to bob", "c")));
        scene.live.beforeTrial = () -> {
            try {
                new StopFlag(scene.store).raise("alice: drill");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        };
        assertThat(scene.run()).contains("deliver-secret: failed, it belongs to bob");
        assertThat(scene.keys()).containsExactly("old on", "1 on");
        assertThat(scene.sink.held).as("the secret goes all the same").isEmpty();
    }

    @Test
    void anIntentInTheMiddleReadsWhatOthersWroteAndGoesOnAndGivesUpWhereItCannot() throws Exception {
        scene.announced();
        scene.live.beforeTrial = () -> scene.store.appends = aheadAfter(1, 4);
        scene.live.trials.add(new LiveAccount.Trial.Wrong(new Problem("a", "b", "it belongs to bob", "c")));
        assertThat(scene.run()).contains("deliver-secret: failed, it belongs to bob");
        assertThat(scene.keys()).containsExactly("old on", "1 off");

        RotationTest other = new RotationTest();
        other.scene.announced();
        other.scene.live.beforeTrial = () -> other.scene.store.appends = aheadAfter(1, 99);
        other.scene.live.trials.add(new LiveAccount.Trial.Wrong(new Problem("a", "b", "it belongs to bob", "c")));
        assertThat(other.scene.run())
                .contains("create-key: skipped, the journal has news of this account since it was read");
        assertThat(other.scene.keys()).containsExactly("old on", "1 on");
    }

    /** Others write right before, after so many writes, for so many. */
    private static FailingStore.Before aheadAfter(int free, int times) {
        int[] written = {0};
        return stream -> {
            written[0]++;
            if (written[0] > free && written[0] <= free + times) {
                throw FailingStore.failure(StoreFailure.Kind.CONFLICT);
            }
        };
    }

    @Test
    void whereTheJournalCannotBeWrittenInTheMiddleTheRunEnds() throws Exception {
        scene.announced();
        scene.sink.whenDelivered = () -> scene.store.appends = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        assertThatThrownBy(scene::run).isInstanceOf(StoreFailure.class);
        scene.store.appends = stream -> {};
        scene.days(1);
        scene.run();
        assertThat(scene.run()).as("it is taken back once it is found").contains("deactivate");
    }

    @Test
    void whoOwnsTheKeyIsNoConditionOfMakingOne() throws Exception {
        scene.announced();
        scene.ownedByNobody();
        assertThat(scene.run()).startsWith("create-key", "deliver-secret");
    }
}
