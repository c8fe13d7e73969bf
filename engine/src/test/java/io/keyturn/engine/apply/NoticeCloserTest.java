package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.owned;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.StoreFailure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two users whose owners were told that their idle keys will be switched off, and who used them again. */
class NoticeCloserTest {
    private final Scene scene = new Scene();

    @BeforeEach
    void hearsOfEnds() {
        scene.letters.closing = Channel.Closing.ALWAYS;
    }

    private void usedAgain(String name, String id) {
        scene.live.put(user(name, "AIDA" + name.toUpperCase(Locale.ROOT), scene.now, key(id, scene.now, 80, 1)));
    }

    private void told() throws Exception {
        scene.run();
        scene.days(2);
    }

    @Test
    void whoeverWasToldHearsOnceThatNobodyNeedDoAnything() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        assertThat(scene.run()).containsExactly("close-notice ann: done");
        assertThat(scene.letters.closed)
                .containsExactly("ann@example.com after letter-1: [ann HEALTHY], instead of [letter-1]");
        assertThat(scene.run()).as("and no second time").isEmpty();
        assertThat(scene.letters.closed).hasSize(1);
    }

    @Test
    void aChannelThatTellsNoEndsIsNeverAsked() throws Exception {
        scene.letters.closing = Channel.Closing.NEVER;
        told();
        usedAgain("ann", Scene.ANN_KEY);
        assertThat(scene.run()).isEmpty();
    }

    @Test
    void aMessageAboutTwoKeysIsChangedWhenNeitherNeedsAnybody() throws Exception {
        for (String name : List.of("ann", "bob")) {
            var user = scene.live.get(name);
            scene.live.put(owned(
                    name,
                    user.id().value(),
                    "team@example.com",
                    scene.now,
                    user.keys().orElse(List.of()).getFirst()));
        }
        told();
        usedAgain("ann", Scene.ANN_KEY);
        assertThat(scene.run()).containsExactly("close-notice ann: done");
        usedAgain("bob", Scene.BOB_KEY);
        assertThat(scene.run()).containsExactly("close-notice bob: done");
        assertThat(scene.letters.closed)
                .containsExactly(
                        "team@example.com after letter-1: [ann HEALTHY], instead of []",
                        "team@example.com after letter-1: [bob HEALTHY], instead of [letter-1]");
    }

    @Test
    void aKeyThatIsGoneEndsWhatWasSaidOfIt() throws Exception {
        told();
        scene.live.put(user("ann", "AIDAANN", scene.now));
        assertThat(scene.run()).containsExactly("close-notice ann: done");
        assertThat(scene.letters.closed)
                .containsExactly("ann@example.com after letter-1: [ann GONE], instead of [letter-1]");
    }

    @Test
    void whatIsSaidOfTheKeyLaterBeginsANewThread() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        scene.run();
        scene.days(60);
        scene.letters.calls.clear();
        scene.run();
        assertThat(scene.letters.calls)
                .contains("ann@example.com of 1, after null", "bob@example.com of 1, after letter-2");
    }

    @Test
    void aRunThatDiesInTheMiddleHasSaidItAsFarAsAnybodyKnows() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        scene.letters.whenSent = () -> {
            throw new IllegalStateException("killed");
        };
        try {
            scene.run();
        } catch (IllegalStateException killed) {
            assertThat(killed).hasMessage("killed");
        }
        scene.letters.whenSent = () -> {};
        assertThat(scene.letters.closed).isEmpty();
        assertThat(scene.lastIntent()).isEqualTo(Verb.CLOSE_NOTICE);

        scene.run = "run-2";
        scene.run();
        assertThat(scene.run()).isEmpty();
        assertThat(scene.letters.closed).isEmpty();
    }

    @Test
    void aLostAnswerIsNoReasonToSayItAgain() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        scene.letters.doubtful = true;
        assertThat(scene.run()).containsExactly("close-notice ann: in doubt, no answer");
        assertThat(scene.run()).isEmpty();
    }

    @Test
    void whatSurelyDidNotGoOutIsTriedAgainAndWhoLeftIsLetBe() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        scene.letters.placement = Placement.FAILED;
        assertThat(scene.run()).containsExactly("close-notice ann: failed, it is shut");
        scene.letters.gone.add("ann@example.com");
        assertThat(scene.run()).containsExactly("close-notice ann: done");
        assertThat(scene.run()).isEmpty();
        assertThat(scene.journal().getLast())
                .isInstanceOfSatisfying(
                        Entry.Outcome.class,
                        outcome -> assertThat(outcome.why()).contains("they left"));
    }

    @Test
    void whereOnlyWhatIsWithdrawnIsToldWhatCameAsAnnouncedIsNot() throws Exception {
        scene.letters.closing = Channel.Closing.IF_WITHDRAWN;
        told();
        usedAgain("bob", Scene.BOB_KEY);
        assertThat(scene.run()).containsExactly("close-notice bob: done");
        scene.days(28);
        scene.run();
        scene.run();
        assertThat(scene.active("ann")).isFalse();
        assertThat(scene.letters.closed)
                .containsExactly("bob@example.com after letter-2: [bob HEALTHY], instead of [letter-2]");
    }

    @Test
    void itIsNotSaidOfAKeyThatNeedsSomebodyAgain() throws Exception {
        told();
        var late = scene.live.get("ann");
        usedAgain("ann", Scene.ANN_KEY);
        var due = scene.plan();
        scene.live.put(late);
        assertThat(scene.apply(due))
                .singleElement()
                .asString()
                .startsWith("close-notice ann: skipped, it is not due any more: the key is overdue");
    }

    @Test
    void whileEverythingIsStoppedNothingIsSaid() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        var due = scene.plan();
        new Decisions(scene.store, () -> scene.now, () -> "s", "cli").stop("carol", "an incident");
        assertThat(scene.apply(due))
                .singleElement()
                .asString()
                .startsWith("close-notice ann: not tried, everything is stopped");
    }

    private List<Action> due() throws Exception {
        told();
        usedAgain("ann", Scene.ANN_KEY);
        return scene.plan();
    }

    @Test
    void aJournalThatHasNewsLeavesItToTheNextRunAndOneThatCannotBeWrittenEndsThisOne() throws Exception {
        List<Action> due = due();
        for (StoreFailure.Kind kind : List.of(StoreFailure.Kind.CONFLICT, StoreFailure.Kind.FENCED)) {
            scene.store.appends = FailingStore.failing(kind);
            assertThat(scene.apply(due))
                    .singleElement()
                    .asString()
                    .startsWith("close-notice ann: not tried, could not reach of the store");
        }
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        assertThatThrownBy(() -> scene.apply(due)).isInstanceOf(StoreFailure.class);
        assertThat(scene.letters.closed).isEmpty();
        scene.store.appends = stream -> {};
        assertThat(scene.apply(due)).containsExactly("close-notice ann: done");
    }

    @Test
    void whoseUserCannotBeReadHearsNothingYet() throws Exception {
        List<Action> due = due();
        scene.live.unreadable = true;
        assertThat(scene.apply(due)).containsExactly("close-notice ann: failed, AWS throttled every attempt");
        assertThat(scene.letters.closed).isEmpty();
    }

    @Test
    void whatWasSaidMeanwhileIsNotSaidAgain() throws Exception {
        List<Action> due = due();
        assertThat(scene.apply(due)).containsExactly("close-notice ann: done");
        assertThat(scene.apply(due)).containsExactly("close-notice ann: skipped, that was said already");
    }

    @Test
    void aStopInTheMiddleKeepsItFromBeingSent() throws Exception {
        List<Action> due = due();
        scene.live.beforeRead = () -> {
            try {
                new StopFlag(scene.store).raise("bob: enough");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        };
        assertThat(scene.apply(due)).containsExactly("close-notice ann: failed, everything is stopped: bob: enough");
        assertThat(scene.letters.closed).isEmpty();
    }

    @Test
    void whoHeardOfItTwiceHearsOfItsEndOnceAndWhoHeardOnABoardThereToo() throws Exception {
        scene.letters.board = "sns";
        scene.run();
        scene.days(16);
        scene.run();
        scene.days(1);
        usedAgain("ann", Scene.ANN_KEY);
        scene.rules = new Rules(
                Scene.RULES.policies(),
                List.of(),
                Scene.RULES.stages(),
                List.of(new OwnerRule.Tag("Nobody")),
                Map.of(),
                Scene.RULES.firstNotice(),
                true);
        assertThat(scene.run()).containsExactly("close-notice ann: done");
        assertThat(scene.letters.closed)
                .containsExactly(
                        " after null: [ann HEALTHY], instead of []",
                        "ann@example.com after letter-3: [ann HEALTHY], instead of [letter-1, letter-3]");
    }

    @Test
    void withTheUserWhatWasSaidOfTheKeyIsOver() throws Exception {
        told();
        scene.live.remove(scene.live.get("ann").name());
        assertThat(scene.run()).containsExactly("close-notice ann: done");
        assertThat(scene.letters.closed)
                .containsExactly("ann@example.com after letter-1: [ann GONE], instead of [letter-1]");
    }
}
