package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Standing;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.Channel;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
                        "sns id-1 to ann@example.com: ann ANN, DEACTIVATE by idle 2026-12-23T12:00:00Z",
                        "sns id-2 to bob@example.com: bob BOB, DEACTIVATE by idle 2026-12-23T12:00:00Z");
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
                .startsWith("sns id-1 to team@example.com: ann ANN, ")
                .contains(", bob BOB, ");
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

    private void sixKeys() throws Exception {
        for (int i = 0; i < 4; i++) {
            String name = "user-" + i;
            scene.live.put(user(name, "AIDAUSER" + i, scene.now, key("AKIAEXAMPLE00000000" + i, scene.now, 80, 60)));
        }
        scene.run();
        scene.run = "run-3";
    }

    @Test
    void aBoardThatRefusesOneAfterTheOtherIsLeftAlone() throws Exception {
        sixKeys();
        scene.retell();
        assertThat(scene.letters.announcedAgain).hasSize(3);
        assertThat(unheard()).hasSize(6);
    }

    static List<Channel.Sending> taking() {
        return List.of(OPEN, new Channel.Sending.InDoubt(Scene.Letters.problem("no answer")));
    }

    @ParameterizedTest
    @MethodSource("taking")
    void aBoardThatTakesSomethingInBetweenIsGoneOnWith(Channel.Sending taken) throws Exception {
        sixKeys();
        scene.letters.whenSent = () -> scene.letters.boarding = scene.letters.announcedAgain.size() == 3 ? taken : SHUT;
        scene.retell();
        assertThat(scene.letters.announcedAgain).hasSize(6);
        assertThat(unheard()).hasSize(5);
    }

    @Test
    void itIsWrittenDownBeforeItIsTold() throws Exception {
        List<Verb> written = new ArrayList<>();
        scene.letters.boarding = OPEN;
        scene.letters.whenSent = () -> written.add(scene.lastIntent());
        scene.retell();
        assertThat(written).containsExactly(Verb.REMIND, Verb.REMIND);
    }

    @Test
    void ofAUsersKeysItIsToldOfTheOneThatItWas() throws Exception {
        scene.live.put(user(
                "ann",
                "AIDAANN",
                scene.now,
                key("AKIAEXAMPLE000000AAA", scene.now, 80, 1),
                key(Scene.ANN_KEY, scene.now, 80, 60)));
        scene.letters.boarding = OPEN;
        scene.retell();
        assertThat(scene.letters.announcedAgain)
                .contains("sns id-1 to ann@example.com: ann ANN, DEACTIVATE by idle 2026-12-23T12:00:00Z");
    }

    private static void under(Scene scene, @Nullable Limit age, Limit idle, Duration firstNotice) {
        Rules old = scene.rules;
        Policy policy = old.policies().getFirst();
        scene.rules = new Rules(
                List.of(new Policy(
                        policy.name(),
                        policy.when(),
                        age,
                        idle,
                        policy.remindEvery(),
                        null,
                        policy.inUseWindow(),
                        false)),
                old.exemptions(),
                old.stages(),
                old.owners(),
                old.caps(),
                firstNotice,
                old.leaks());
        scene.planner = new Planner(scene.rules, History.NONE);
    }

    private static Limit limit(Step... steps) {
        return new Limit(Duration.ofDays(30), Duration.ofDays(45), List.of(Step.REMIND), List.of(steps));
    }

    @Test
    void theDateThatIsToldIsTheOneThatHoldsNow() throws Exception {
        under(scene, limit(Step.REMIND), limit(Step.REMIND, Step.DEACTIVATE), Duration.ofDays(40));
        scene.letters.boarding = OPEN;
        scene.retell();
        assertThat(scene.letters.announcedAgain).first().asString().endsWith("DEACTIVATE by idle 2027-01-02T12:00:00Z");
    }

    @Test
    void whatNamesNoDateIsToldAsLongAsItIsSo() throws Exception {
        for (Standing later : List.of(Standing.EXPIRED, Standing.INACTIVE)) {
            Scene plain = new Scene();
            under(plain, null, limit(Step.REMIND), Duration.ofDays(30));
            plain.letters.board = "sns";
            plain.letters.boarding = SHUT;
            plain.run();
            plain.run = "run-2";
            plain.letters.boarding = OPEN;
            if (later == Standing.INACTIVE) {
                plain.live
                        .all()
                        .forEach(user -> plain.live.put(user.withKeys(Fact.known(
                                user.keys().orElse(List.of()).stream()
                                        .map(key -> new AccessKey(
                                                null, key.id(), false, key.created(), key.lastUse(), key.asOf()))
                                        .toList(),
                                plain.now))));
            }
            plain.retell();
            assertThat(plain.letters.announcedAgain).hasSize(later == Standing.EXPIRED ? 2 : 0);
            assertThat(plain.letters.announcedAgain).allMatch(line -> line.endsWith(" ANN") || line.endsWith(" BOB"));
        }
    }

    @Test
    void theEndOfAnOldKeyIsToldByItsRotation() throws Exception {
        RotationScene rotation = new RotationScene();
        rotation.announced();
        rotation.run();
        rotation.letters.board = "sns";
        rotation.letters.boarding = SHUT;
        rotation.live(4, RotationScene.NEW);
        rotation.letters.boarding = OPEN;
        rotation.retell();
        assertThat(rotation.letters.announcedAgain).last().asString().contains(": ann OLD, DEACTIVATE by rotation 20");
    }

    @Test
    void theEndOfAKeyThatIsOffIsToldByItsCoolDown() throws Exception {
        Scene off = new Scene();
        off.announced();
        off.run();
        assertThat(off.active("ann")).isFalse();
        off.letters.board = "sns";
        off.letters.boarding = SHUT;
        for (int day = 0; day < 40; day++) {
            off.days(1);
            if (!off.run().isEmpty()) {
                break;
            }
        }
        off.run = "run-2";
        off.letters.boarding = OPEN;
        off.retell();
        assertThat(off.letters.announcedAgain).first().asString().contains(": ann ANN, DELETE by cool-down 20");
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
    void ofAKeyWhoseOwnerIsNotKnownAnyMoreNothingIsTold() throws Exception {
        Rules old = scene.rules;
        scene.rules = new Rules(
                old.policies(), old.exemptions(), old.stages(), List.of(), old.caps(), old.firstNotice(), old.leaks());
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).isEmpty();
    }

    @Test
    void ofAnExemptKeyNothingIsTold() throws Exception {
        Rules old = scene.rules;
        scene.rules = new Rules(
                old.policies(),
                List.of(new Exemption(new ArnPattern("*"), "sec", "quarter end", LocalDate.MAX)),
                old.stages(),
                old.owners(),
                old.caps(),
                old.firstNotice(),
                old.leaks());
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).isEmpty();
        assertThat(scene.letters.announcedAgain).isEmpty();
        assertThat(unheard()).isEmpty();
    }

    @Test
    void whileAnotherWorkerHoldsTheAccountNothingIsTold() throws Exception {
        new Leases(scene.store, () -> scene.now, "other").acquire(ACCOUNT.id().value());
        scene.letters.boarding = OPEN;
        assertThat(scene.retell()).containsExactly("busy: other");
        assertThat(unheard()).hasSize(2);
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
        assertThat(scene.letters.announcedAgain).singleElement().asString().contains(": bob BOB, ");
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
