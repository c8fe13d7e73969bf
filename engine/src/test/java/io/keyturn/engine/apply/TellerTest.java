package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.owned;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Action;
import io.keyturn.core.policy.Escalation;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two users whose keys lie idle, and what their owners hear. */
class TellerTest {
    private final Scene scene = new Scene();

    private void leftTo(String owner) {
        Rules old = Scene.RULES;
        scene.rules = new Rules(
                old.policies(),
                old.exemptions(),
                old.stages(),
                List.of(new OwnerRule.Tag("Owner"), new OwnerRule.Default(owner)),
                old.caps(),
                old.firstNotice(),
                old.leaks());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void anOwnerOfTwoKeysIsToldOnceOfBoth(int abreast) throws Exception {
        scene.abreast = abreast;
        scene.bothOwnedBy("team@example.com");

        assertThat(scene.run()).containsExactlyInAnyOrder("remind ann: done", "remind bob: done");
        assertThat(scene.letters.calls).containsExactly("team@example.com of 2, after null");
        assertThat(scene.notices())
                .extracting(Entry.Notice::placement)
                .containsExactly(Placement.PLACED, Placement.PLACED);
    }

    @Test
    void aReminderThatIsNotDueAnyMoreIsNotSent() throws Exception {
        List<Action> due = scene.plan();
        scene.live.put(user("ann", "AIDAANN", scene.now, key(Scene.ANN_KEY, scene.now, 80, 1)));
        assertThat(scene.apply(due))
                .containsExactlyInAnyOrder(
                        "remind ann: skipped, it is not due any more: the key is healthy", "remind bob: done");
        assertThat(scene.letters.calls).hasSize(1);
    }

    @Test
    void theNextReminderFollowsTheFirstMessage() throws Exception {
        scene.bothOwnedBy("team@example.com");
        scene.run();
        scene.days(16);
        scene.run();
        assertThat(scene.letters.calls)
                .containsExactly("team@example.com of 2, after null", "team@example.com of 2, after letter-1");
    }

    @Test
    void inThePlaceOfAnOwnerWhoDoesNothingTheirLeadHearsUntilSomebodyDecides() throws Exception {
        scene.rules =
                Scene.RULES.escalating(new Escalation(Duration.ofDays(14), List.of(new OwnerRule.Default("#leads"))));
        scene.run();
        scene.days(16);
        scene.run();
        assertThat(scene.letters.calls)
                .containsExactlyInAnyOrder(
                        "ann@example.com of 1, after null",
                        "bob@example.com of 1, after null",
                        "#leads of 2, after null");
        assertThat(scene.letters.sent.getLast().owner().source())
                .startsWith("in the place of ")
                .endsWith("@example.com, silent since 2026-11-23");
    }

    @Test
    void whoCannotBeReachedIsPassedOverForTheNextOfTheChain() throws Exception {
        leftTo("#cloud");
        scene.letters.gone.add("ann@example.com");

        assertThat(scene.run()).containsExactlyInAnyOrder("remind ann: done", "remind bob: done");
        assertThat(scene.letters.calls)
                .containsExactly(
                        "ann@example.com of 1, after null",
                        "bob@example.com of 1, after null",
                        "#cloud of 1, after null");
        assertThat(scene.notices())
                .extracting(Entry.Notice::recipient)
                .containsExactlyInAnyOrder("bob@example.com", "#cloud");
    }

    @Test
    void whereNobodyCanBeReachedNothingIsSaidToHaveBeenSaid() throws Exception {
        scene.letters.gone.add("ann@example.com");
        scene.letters.gone.add("bob@example.com");

        assertThat(scene.run())
                .containsExactlyInAnyOrder("remind ann: failed, they left", "remind bob: failed, they left");
        assertThat(scene.notices()).isEmpty();
        assertThat(scene.run()).as("and it is tried again").hasSize(2);
    }

    @Test
    void whatIsDoubtfulIsSaidOnceMoreAndThenLetBe() throws Exception {
        scene.letters.doubtful = true;
        assertThat(scene.run())
                .containsExactlyInAnyOrder("remind ann: in doubt, no answer", "remind bob: in doubt, no answer");

        // The next run finds it in doubt first, and plans it in the one after.
        scene.run = "run-2";
        scene.run();
        scene.run = "run-3";
        scene.run();
        assertThat(scene.letters.calls).hasSize(4);
        assertThat(scene.notices()).extracting(Entry.Notice::placement).containsOnly(Placement.DOUBTFUL);

        scene.run = "run-4";
        assertThat(scene.run()).isEmpty();
        assertThat(scene.letters.calls).as("until it is time to remind").hasSize(4);
    }

    @Test
    void nothingIsSaidOnceEverythingIsStopped() throws Exception {
        new Decisions(scene.store, () -> scene.now, () -> "d-1", "test").stop("ann", "enough");
        assertThat(scene.run()).allMatch(line -> line.contains("not tried, everything is stopped"));
        assertThat(scene.letters.calls).isEmpty();
    }

    @Test
    void whatWentOutIsWrittenDownWhenTheRunIsInterruptedAndTheRestFollows() throws Exception {
        scene.letters.whenSent = Thread.currentThread()::interrupt;
        assertThatThrownBy(scene::run).isInstanceOf(InterruptedException.class);
        scene.letters.whenSent = () -> {};
        assertThat(scene.notices())
                .singleElement()
                .extracting(Entry.Notice::recipient)
                .isEqualTo("ann@example.com");

        scene.run = "run-2";
        scene.run();
        scene.run = "run-3";
        scene.run();
        assertThat(scene.letters.sent)
                .extracting(notice -> notice.owner().name())
                .containsExactly("ann@example.com", "bob@example.com");
    }

    @Test
    void oneWhoLostTheAccountToAnotherWorkerTellsNobodyMore() throws Exception {
        scene.letters.whenSent = this::anotherTakesOver;
        scene.run();
        assertThat(scene.letters.sent)
                .as("ann's was under way, bob's was not")
                .extracting(notice -> notice.owner().name())
                .containsExactly("ann@example.com", "ann@example.com", "bob@example.com");
    }

    /** The first worker is held up for longer than it may hold the account, and another one begins. */
    private void anotherTakesOver() {
        scene.letters.whenSent = () -> {};
        scene.now = scene.now.plus(Leases.TERM.multipliedBy(2));
        scene.run = "run-2";
        scene.worker = "other";
        try {
            scene.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAccountIsHeldForAsLongAsASendingTakes() throws Exception {
        scene.abreast = 2;
        scene.beat = Duration.ofMillis(1);
        AtomicBoolean first = new AtomicBoolean(true);
        scene.letters.whenSent = () -> {
            // Two are sent at the same time, and the clock goes on once.
            if (!first.getAndSet(false)) {
                return;
            }
            scene.now = scene.now.plus(Leases.TERM.multipliedBy(3).dividedBy(4));
            // Renewed by whoever waits for this, the account is held for longer than it was at first.
            while (!heldUntil().isAfter(scene.now.plus(Leases.TERM.dividedBy(2)))) {
                Thread.onSpinWait();
            }
        };
        assertThat(scene.run()).hasSize(2).allMatch(line -> line.endsWith(": done"));
    }

    private Instant heldUntil() {
        try {
            return switch (new Leases(scene.store, () -> scene.now, "other")
                    .acquire(FakeAccount.ACCOUNT.id().value())) {
                case Leases.Answer.Refused(Leases.Held held) -> held.until();
                case Leases.Answer.Granted granted -> throw new AssertionError("the account was not held");
            };
        } catch (StoreFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsSaidOnceEverythingWasStoppedWhileItWaited() throws Exception {
        scene.letters.whenSent = () -> {
            try {
                new StopFlag(scene.store).raise("carol: drill");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        };

        assertThat(scene.run())
                .containsExactlyInAnyOrder(
                        "remind ann: done", "remind bob: failed, everything is stopped: carol: drill");
        assertThat(scene.letters.sent).hasSize(1);
        assertThat(scene.notices()).hasSize(1);
    }

    private static StoreFailure.Kind[] lost() {
        return new StoreFailure.Kind[] {
            StoreFailure.Kind.UNAVAILABLE, StoreFailure.Kind.DAMAGED, StoreFailure.Kind.NEWER
        };
    }

    @ParameterizedTest
    @MethodSource("lost")
    void whereTheIntentsCannotBeWrittenNobodyIsToldAndTheRunSaysSo(StoreFailure.Kind kind) throws Exception {
        List<Action> due = scene.plan();
        scene.store.appends = FailingStore.failing(kind);
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> new AccountSession(scene.tools(new Weather()), scene.store, Set.of())
                        .act(FakeAccount.ACCOUNT, scene.live, due, "plan", outcome -> said.add(Scene.line(outcome))))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
        assertThat(said).hasSize(2).allMatch(line -> line.contains(": not tried, could not reach of the store"));
        assertThat(scene.letters.calls).isEmpty();
    }

    @Test
    void newsOfOthersLeavesTheReminderToTheNextRun() throws Exception {
        List<Action> due = scene.plan();
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.CONFLICT);
        assertThat(scene.apply(due))
                .hasSize(2)
                .allMatch(line -> line.endsWith("skipped, the journal has news of this account since it was read"));
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.FENCED);
        assertThat(scene.apply(due)).hasSize(2).allMatch(line -> line.contains("not tried, "));
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.REFUSED);
        assertThat(scene.apply(due)).hasSize(2).allMatch(line -> line.contains("failed, it was so ordained"));
        assertThat(scene.letters.calls).isEmpty();
        scene.store.appends = stream -> {};
        assertThat(scene.apply(due)).hasSize(2).allMatch(line -> line.endsWith("done"));
    }

    @Test
    void whatWasToldAndCannotBeWrittenDownIsToldOnAndEndsTheRun() throws Exception {
        scene.letters.whenSent = () -> scene.store.appends = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        assertThatThrownBy(scene::run).isInstanceOf(StoreFailure.class);
        assertThat(scene.letters.calls).hasSize(2);
    }

    @Test
    void moreThanAreToldTogetherAreToldAllTheSameAndAnOwnersKeysAreNotParted() throws Exception {
        scene.live.remove(scene.live.get("ann").name());
        scene.live.remove(scene.live.get("bob").name());
        for (int i = 0; i < 70; i++) {
            // In the order of owners one stands at the front, and one where the first 64 end.
            String owner = i < 2 || i >= 68 ? "0-team" : i < 10 ? "z-team" : "a%02d".formatted(i);
            String id = "AKIAEXAMPLE0000000%02d".formatted(i);
            scene.live.put(owned(
                    "u%02d".formatted(i),
                    "AIDA" + i,
                    owner + "@example.com",
                    scene.now,
                    FakeAccount.key(id, scene.now, 80, 60)));
        }
        assertThat(scene.run()).hasSize(70).allMatch(line -> line.endsWith("done"));
        assertThat(scene.letters.calls)
                .hasSize(60)
                .contains("0-team@example.com of 4, after null", "z-team@example.com of 8, after null");

        // Once their stores fail, those of the second wave are not told either.
        scene.days(16);
        scene.letters.calls.clear();
        for (int i = 62; i < 70; i++) {
            String id = "AKIAEXAMPLE0000000%02d".formatted(i);
            scene.live.put(owned(
                    "u%02d".formatted(i),
                    "AIDA" + i,
                    "z%02d@example.com".formatted(i),
                    scene.now,
                    FakeAccount.key(id, scene.now, 80, 60)));
        }
        List<Action> due = scene.plan();
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        List<String> said = new ArrayList<>();
        assertThatThrownBy(() -> new AccountSession(scene.tools(new Weather()), scene.store, Set.of())
                        .act(FakeAccount.ACCOUNT, scene.live, due, "plan", outcome -> said.add(Scene.line(outcome))))
                .isInstanceOf(StoreFailure.class);
        assertThat(said).hasSize(70).allMatch(line -> line.contains("not tried"));
        assertThat(scene.letters.calls).isEmpty();
    }

    @Test
    void whereEachKeyIsToldByItselfItIs() throws Exception {
        scene.bothOwnedBy("team@example.com");
        scene.letters.ofEachKey = true;
        scene.run();
        assertThat(scene.letters.calls)
                .containsExactly("team@example.com of 1, after null", "team@example.com of 1, after null");
    }

    @Test
    void aMessageAboutKeysOfDifferentThreadsBeginsANewOne() throws Exception {
        scene.bothOwnedBy("team@example.com");
        scene.apply(scene.plan().subList(0, 1));
        scene.apply(scene.plan());
        assertThat(scene.letters.calls).hasSize(2);
        scene.days(16);
        scene.run();
        assertThat(scene.letters.calls).last().isEqualTo("team@example.com of 2, after null");
    }

    @Test
    void aUserWhoCannotBeReadIsNotTold() throws Exception {
        List<Action> due = scene.plan();
        scene.live.unreadable = true;
        assertThat(scene.apply(due))
                .containsExactly(
                        "remind ann: failed, AWS throttled every attempt",
                        "remind bob: failed, AWS throttled every attempt");
        assertThat(scene.letters.calls).isEmpty();
    }

    @Test
    void whereOneLinkOfTheChainIsNotReadNobodyIsTakenForTheOwner() throws Exception {
        Rules old = Scene.RULES;
        scene.rules = new Rules(
                old.policies(),
                old.exemptions(),
                old.stages(),
                List.of(new OwnerRule.Creator(), new OwnerRule.Default("#cloud")),
                old.caps(),
                old.firstNotice(),
                old.leaks());
        assertThat(scene.run()).hasSize(2).allMatch(line -> line.endsWith("skipped, nobody is known to own the key"));
    }
}
