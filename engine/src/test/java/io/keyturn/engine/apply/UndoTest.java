package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UndoTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void bothAreSwitchedOff() throws Exception {
        scene.days(7);
        scene.run();
        scene.days(30);
        scene.apply(scene.deactivations());
        assertThat(scene.active("ann")).isFalse();
    }

    private List<String> undo(Predicate<Entry.Outcome> wanted) throws StoreFailure, InterruptedException {
        List<String> said = new ArrayList<>();
        Tools tools = scene.tools(new Weather());
        new Undo(tools, new AccountSession(tools, scene.store, Set.of()))
                .undo(
                        ACCOUNT,
                        scene.live,
                        wanted,
                        (target, done, why) -> said.add(target.name() + ": " + (done ? "works again" : why)));
        return said;
    }

    @Test
    void ofTwoKeysTheOneThatWasSwitchedOffIsTheOneThatIsLookedAt() throws Exception {
        AccessKey off = scene.live.get("ann").keys().orElse(List.of()).getFirst();
        AccessKey other = key("AKIAEXAMPLE000000XYZ", scene.now, 5, 1);
        scene.live.put(user("ann", "AIDAANN", scene.now, other, off));
        scene.days(1);

        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: works again");
    }

    private static boolean ofAnn(Entry.Outcome deactivation) {
        return deactivation.target().name().value().equals("ann");
    }

    @Test
    void aKeyThatWasSwitchedOffIsSwitchedOnAgain() throws Exception {
        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: works again");

        assertThat(scene.active("ann")).isTrue();
        assertThat(scene.active("bob")).isFalse();
        assertThat(scene.journal()).last().isInstanceOfSatisfying(Entry.Outcome.class, outcome -> {
            assertThat(outcome.verb()).isEqualTo(Verb.REACTIVATE);
            assertThat(outcome.result()).isEqualTo(Entry.Result.DONE);
        });
        assertThat(undo(UndoTest::ofAnn)).isEmpty();
    }

    @Test
    void whatALaterRunFoundNotDoneAndTookEffectAfterThatIsUndoneAsWell() throws Exception {
        undo(UndoTest::ofAnn);
        Target ann = new Target(
                ACCOUNT.id(), scene.live.get("ann").id(), scene.live.get("ann").name(), new KeyId(Scene.ANN_KEY));
        Entry.Intent late = new Entry.Intent(
                new Entry.Stamp(scene.now, "run-lost", "worker"), "lost", Verb.DEACTIVATE, ann, List.of(), null);
        AccountJournal journal = AccountJournal.open(scene.store, ACCOUNT.id().value(), entry -> {});
        Entry.Stamp later = new Entry.Stamp(scene.now, "run-later", "worker");
        journal.record(
                List.of(late, Entry.Outcome.of(later, late, Entry.Result.FAILED, "found not done by a later run")));
        scene.days(1);
        Predicate<Entry.Outcome> ofThatRun = outcome -> outcome.stamp().run().equals("run-lost");

        // It works, as that run found: there is nothing to undo, and nothing to tell.
        assertThat(undo(ofThatRun)).isEmpty();
        assertThat(undo(outcome -> false)).isEmpty();
        scene.live.unreadable = true;
        assertThat(undo(ofThatRun))
                .containsExactly("ann: could not read the user of ann: AWS throttled every attempt;" + " run again");
        scene.live.unreadable = false;
        User asIs = scene.live.get("ann");
        scene.live.put(asIs.withKeys(Fact.unknown("denied")));
        assertThat(undo(ofThatRun)).containsExactly("ann: the keys of the user could not be read");
        scene.live.remove(asIs.name());
        assertThat(undo(ofThatRun)).isEmpty();
        scene.live.put(asIs);

        scene.live.setActive(ann, false, Leave.GIVEN);
        scene.days(1);
        assertThat(undo(ofThatRun)).containsExactly("ann: works again");
        assertThat(scene.active("ann")).isTrue();
        assertThat(undo(ofThatRun)).isEmpty();
    }

    @Test
    void aKeyThatWasDeclaredCompromisedStaysOffUntilTheCompromiseIsNamed() throws Exception {
        Target ann = new Target(
                ACCOUNT.id(), scene.live.get("ann").id(), scene.live.get("ann").name(), new KeyId(Scene.ANN_KEY));
        Decisions decisions = new Decisions(scene.store, () -> scene.now, () -> "d-7", "command line");
        decisions.compromised(ann, "alice", "in a public repository");

        assertThat(undo(UndoTest::ofAnn))
                .containsExactly(
                        "ann: alice declared it compromised (in a public repository): whoever holds it could work"
                                + " with it again; where that is meant, name the compromise: --compromise d-7 --why TEXT");
        assertThat(scene.active("ann")).isFalse();

        decisions.withdraw(ann, "d-6", "alice", "another one");
        assertThat(undo(UndoTest::ofAnn)).singleElement().asString().contains("name the compromise");
        decisions.withdraw(ann, "d-7", "alice", "it was a test key");
        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: works again");
    }

    @Test
    void theNewestComesFirst() throws Exception {
        assertThat(undo(any -> true)).containsExactly("bob: works again", "ann: works again");
    }

    @Test
    void whatWasTakenBackIsAnnouncedAnewBeforeItHappensAgain() throws Exception {
        undo(UndoTest::ofAnn);
        assertThat(scene.deactivations()).isEmpty();
        scene.days(7);
        assertThat(scene.run()).contains("remind ann: done");
        scene.days(29);
        assertThat(scene.deactivations()).isEmpty();
        scene.days(1);
        assertThat(scene.deactivations()).hasSize(1);
    }

    @Test
    void theCoolDownBeginsAnewAfterAnUndo() throws Exception {
        undo(UndoTest::ofAnn);
        scene.days(7);
        scene.run();
        scene.days(30);
        scene.apply(scene.deactivations());
        assertThat(scene.active("ann")).isFalse();
        scene.run();

        scene.days(74);
        assertThat(scene.plan())
                .filteredOn(action -> action.credential().principal().display().equals("ann"))
                .extracting(action -> action.kind())
                .doesNotContain(Verb.DELETE);
    }

    @Test
    void whatOthersDidMeanwhileIsToldAndLeft() throws Exception {
        scene.days(1);
        scene.live.put(user("ann", "AIDAOTHER", scene.now, key(Scene.ANN_KEY, scene.now, 80, 60)));
        scene.live.put(user("bob", "AIDABOB", scene.now, key(Scene.BOB_KEY, scene.now, 80, 60)));

        assertThat(undo(any -> true))
                .containsExactly("bob: the key works already", "ann: the user is gone, and the key with it");

        scene.live.put(user("bob", "AIDABOB", scene.now));
        assertThat(undo(any -> true)).contains("bob: the key was deleted");
    }

    @Test
    void rightAfterADeactivationWhatAwsShowsIsNotTrusted() throws Exception {
        // AWS still shows ann's key as active, as its lists may for some seconds.
        scene.live.put(user("ann", "AIDAANN", scene.now, key(Scene.ANN_KEY, scene.now, 80, 60)));
        scene.live.calls.clear();

        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: works again");
        assertThat(scene.live.calls).contains("activate " + Scene.ANN_KEY);
    }

    @Test
    void whatCannotBeReadIsNotUndoneBlindly() throws Exception {
        scene.live.unreadable = true;

        assertThat(undo(UndoTest::ofAnn)).singleElement().asString().contains("AWS throttled every attempt");
    }

    @Test
    void onceStoppedNothingIsUndone() throws Exception {
        new StopFlag(scene.store).raise("alice: drill");

        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: everything is stopped (alice: drill): resume first");
    }

    @Test
    void aDoubtIsToldAndResolvedByTheNextUndo() throws Exception {
        scene.live.fates.add(FakeAccount.Fate.LOST_AFTER);

        assertThat(undo(UndoTest::ofAnn)).singleElement().asString().endsWith("run undo once more to know");
        assertThat(undo(UndoTest::ofAnn)).isEmpty();
        assertThat(scene.active("ann")).isTrue();
        assertThat(scene.journal())
                .last()
                .isInstanceOfSatisfying(
                        Entry.Outcome.class,
                        outcome -> assertThat(outcome.why()).isEqualTo("found done by a later run"));
    }

    @Test
    void aRefusalIsTold() throws Exception {
        scene.live.fates.add(FakeAccount.Fate.REFUSED);

        assertThat(undo(UndoTest::ofAnn)).singleElement().asString().contains("it was so ordained");
        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: works again");
    }

    @Test
    void keysThatCannotBeReadAreNotSwitchedOn() throws Exception {
        scene.live.put(scene.live.get("ann").withKeys(Fact.unknown("denied")));
        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: the keys of the user could not be read");

        scene.live.remove(scene.live.get("ann").name());
        assertThat(undo(UndoTest::ofAnn)).containsExactly("ann: the user is gone, and the key with it");
    }

    @Test
    void whileItIsNotKnownWhatCameOfAnEarlierActNothingIsUndone() throws Exception {
        Target ann = new Target(
                ACCOUNT.id(), scene.live.get("ann").id(), scene.live.get("ann").name(), new KeyId(Scene.ANN_KEY));
        AccountJournal.open(scene.store, ACCOUNT.id().value(), entry -> {})
                .record(List.of(new Entry.Intent(
                        new Entry.Stamp(scene.now, "run-0", "w"), "lost", Verb.DELETE, ann, List.of(), null)));
        scene.live.unreadable = true;
        assertThat(undo(any -> true))
                .contains("ann: it is not known yet what came of an earlier act on this user")
                .anyMatch(line -> line.startsWith("bob: could not read the user of bob"));
    }
}
