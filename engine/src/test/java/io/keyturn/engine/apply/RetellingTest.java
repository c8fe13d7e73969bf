package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Channel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A board that did not take what two owners were told of their idle keys, and hears of it from a later run. */
class RetellingTest {
    private static final Channel.Sending SHUT = new Channel.Sending.Refused(Scene.Letters.problem("the board is shut"));
    private static final Channel.Sending OPEN = new Channel.Sending.Taken(Placement.HANDED_OVER, "", "post-1");

    private final Scene scene = new Scene();

    @BeforeEach
    void aBoardThatIsShut() throws Exception {
        scene.letters.board = "sns";
        scene.letters.boarding = SHUT;
        scene.run();
        scene.run = "run-2";
    }

    private List<Entry.Notice> unheard() throws Exception {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(scene.store, ACCOUNT.id().value(), past);
        return past.unheard();
    }

    private List<Placement> onTheBoard() throws Exception {
        return scene.notices().stream()
                .filter(notice -> notice.channel().equals("sns"))
                .map(Entry.Notice::placement)
                .toList();
    }

    @Test
    void itHearsOnceWhatItDidNotTake() throws Exception {
        scene.days(1);
        scene.letters.boarding = OPEN;

        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain)
                .containsExactlyInAnyOrder(
                        "sns id-1 to ann@example.com: ann, DEACTIVATE by idle 2026-12-23T12:00:00Z",
                        "sns id-2 to bob@example.com: bob, DEACTIVATE by idle 2026-12-23T12:00:00Z");
        assertThat(onTheBoard())
                .containsExactly(Placement.FAILED, Placement.FAILED, Placement.HANDED_OVER, Placement.HANDED_OVER);
        assertThat(unheard()).isEmpty();

        scene.run = "run-3";
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).hasSize(2);
    }

    @Test
    void oneOwnersKeysComeInOneMessageAsTheyDidThen() throws Exception {
        scene.bothOwnedBy("team@example.com");
        scene.letters.boarding = OPEN;
        scene.retell();
        assertThat(scene.letters.announcedAgain)
                .singleElement()
                .asString()
                .startsWith("sns id-1 to team@example.com: ann, ")
                .contains(", bob, ");
    }

    @Test
    void whatFailedInThisRunWaitsForTheNext() throws Exception {
        scene.run = "run-1";
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).hasSize(2);
    }

    @Test
    void aBoardThatIsShutStillIsNamedAndTriedAgain() throws Exception {
        assertThat(scene.retell()).containsExactly("could not send the letter of letters: the board is shut");
        assertThat(unheard()).hasSize(2);
        assertThat(scene.journal().getLast())
                .isInstanceOfSatisfying(
                        Entry.Outcome.class,
                        outcome -> assertThat(outcome.result()).isEqualTo(Entry.Result.FAILED));
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(unheard()).isEmpty();
    }

    @Test
    void aBoardThatRefusesOneAfterTheOtherIsLeftAlone() throws Exception {
        for (int i = 0; i < 4; i++) {
            String name = "user-" + i;
            scene.live.put(user(name, "AIDAUSER" + i, scene.now, key("AKIAEXAMPLE00000000" + i, scene.now, 80, 60)));
        }
        scene.run();
        scene.run = "run-3";
        scene.retell();
        assertThat(scene.letters.announcedAgain).hasSize(3);
        assertThat(unheard()).hasSize(6);
    }

    @Test
    void whatMayHaveArrivedIsLetBe() throws Exception {
        scene.letters.boarding = new Channel.Sending.InDoubt(Scene.Letters.problem("no answer"));
        assertThat(scene.retell()).containsExactly("could not send the letter of letters: no answer");
        assertThat(onTheBoard()).endsWith(Placement.DOUBTFUL, Placement.DOUBTFUL);
        assertThat(unheard()).isEmpty();
    }

    @Test
    void aBoardThatIsConfiguredNoMoreIsNamedLikeAnyOther() throws Exception {
        scene.letters.boarding = new Channel.Sending.Unreachable(Scene.Letters.problem("no such channel"));
        assertThat(scene.retell()).containsExactly("could not send the letter of letters: no such channel");
        assertThat(unheard()).hasSize(2);
    }

    @Test
    void whatIsNotSoAnyMoreIsNotTold() throws Exception {
        User ann = scene.live.get("ann");
        scene.live.put(user("ann", ann.id().value(), scene.now, key(Scene.ANN_KEY, scene.now, 80, 1)));
        scene.live.put(user("bob", "AIDAOTHER", scene.now, key(Scene.BOB_KEY, scene.now, 80, 55)));
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).as("that is over").isEmpty();
    }

    @Test
    void whatIsNoNewsAnyMoreIsNotTold() throws Exception {
        scene.days(4);
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).isEmpty();
    }

    @Test
    void whatCannotBeLookedAtNowIsToldLater() throws Exception {
        scene.live.unreadable = true;
        scene.letters.boarding = OPEN;
        assertThat(scene.retell())
                .containsExactly(
                        "could not read the user of ann: AWS throttled every attempt; run again",
                        "could not read the user of bob: AWS throttled every attempt; run again");
        scene.live.unreadable = false;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).hasSize(2);
    }

    @Test
    void whereNothingMayBeSaidAnyMoreNothingIs() throws Exception {
        scene.letters.boarding = OPEN;
        scene.decide(Entry.Decision.Kind.SNOOZE, "ann");
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).singleElement().asString().contains(": bob, ");
        assertThat(unheard()).isEmpty();
    }

    @Test
    void atTheStageObserveNothingIsSaid() throws Exception {
        Rules rules = scene.rules;
        scene.rules = new Rules(
                rules.policies(),
                rules.exemptions(),
                List.of(),
                rules.owners(),
                rules.caps(),
                rules.firstNotice(),
                rules.leaks());
        scene.planner = new Planner(scene.rules, History.NONE);
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).isEmpty();
    }

    @Test
    void whatTheRunLeavesOutWaitsForAnother() throws Exception {
        scene.letters.boarding = OPEN;
        scene.retell(action -> action.kind() == Verb.DEACTIVATE);
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).hasSize(2);
    }

    @Test
    void nothingIsToldOnceEverythingIsStopped() throws Exception {
        new Decisions(scene.store, () -> scene.now, () -> "d-1", "test").stop("ann", "enough");
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).hasSize(2);
    }

    @Test
    void nothingIsToldOnceTheRightToIsLost() throws Exception {
        scene.letters.whenSent = () -> scene.days(1);
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).first().asString().contains("the right to change the account ended before the call");
        assertThat(onTheBoard()).containsOnly(Placement.FAILED);
    }

    /** What the owner was told counts from when they were told it, and the rhythm of reminders with it. */
    @Test
    void theOwnerHearsAsIfTheBoardHadTakenItAtOnce() throws Exception {
        Scene other = new Scene();
        other.run();
        for (Scene one : List.of(scene, other)) {
            one.days(2);
            one.letters.boarding = OPEN;
        }
        scene.retell();
        assertThat(scene.letters.announcedAgain).hasSize(2);
        scene.run = "run-3";
        for (int day = 0; day < 40; day++) {
            assertThat(scene.run()).as("day %d", day).isEqualTo(other.run());
            scene.days(1);
            other.days(1);
        }
        assertThat(scene.letters.calls).isEqualTo(other.letters.calls).hasSizeGreaterThan(4);
    }

    @Test
    void theNextMessageAboutTheKeyIsNewsEnough() throws Exception {
        scene.letters.boarding = OPEN;
        scene.days(16);
        scene.run();
        assertThat(scene.letters.announced).hasSize(4);
        assertThat(unheard()).isEmpty();
    }
}
