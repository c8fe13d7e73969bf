package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several users of one account are worked on at the same time. */
class SeveralUsersTest {
    private static final String SECOND_KEY = "AKIAEXAMPLE0000ANN02";
    private static final long LONG = 20;

    private final Scene scene = new Scene();

    @BeforeEach
    void bothAreDue() throws Exception {
        scene.live.put(user(
                "ann",
                "AIDAANN",
                scene.now,
                key(Scene.ANN_KEY, scene.now, 80, 60),
                key(SECOND_KEY, scene.now, 80, 60)));
        assertThat(scene.run()).hasSize(3);
        scene.days(30);
        scene.apply(scene.plan().stream()
                .filter(action -> action.kind() == Verb.REMIND)
                .toList());
        scene.live.calls.clear();
        scene.abreast = 2;
    }

    @Test
    void whileAwsIsWaitedForAnotherUserIsWorkedOn() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);
        List<Action> firstOfEach = scene.deactivations().stream()
                .filter(action ->
                        !SECOND_KEY.equals(String.valueOf(action.credential().keyId())))
                .toList();
        scene.live.beforeChange = () -> meet(both);

        assertThat(scene.apply(firstOfEach)).containsExactlyInAnyOrder("deactivate ann: done", "deactivate bob: done");
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(LONG, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the other user's change was not on its way", e);
        }
    }

    @Test
    void aUsersActionsComeInTheirOrderAndNeverAtTheSameTime() throws Exception {
        AtomicInteger inHand = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        scene.abreast = 8;
        List<Action> anns = scene.deactivations().stream()
                .filter(action -> action.credential().principal().display().equals("ann"))
                .toList();
        scene.live.beforeChange = () -> {
            most.accumulateAndGet(inHand.incrementAndGet(), Math::max);
            Thread.yield();
            inHand.decrementAndGet();
        };

        assertThat(scene.apply(anns)).containsExactly("deactivate ann: done", "deactivate ann: done");

        assertThat(most).hasValue(1);
        assertThat(scene.live.calls)
                .containsSubsequence(
                        "deactivate " + anns.get(0).credential().keyId(),
                        "deactivate " + anns.get(1).credential().keyId());
    }

    @Test
    void everyChangeHasItsIntentBeforeAndItsOutcomeAfter() throws Exception {
        scene.apply(scene.deactivations());

        List<String> open = new ArrayList<>();
        int done = 0;
        for (Entry entry : scene.journal()) {
            switch (entry) {
                case Entry.Intent intent when intent.verb() == Verb.DEACTIVATE -> open.add(intent.id());
                case Entry.Outcome outcome
                when outcome.verb() == Verb.DEACTIVATE -> {
                    assertThat(open).contains(outcome.intent());
                    open.remove(outcome.intent());
                    done++;
                }
                default -> {
                    // Others are not looked at here.
                }
            }
        }
        assertThat(open).isEmpty();
        assertThat(done).isEqualTo(3);
    }

    @Test
    void afterAnErrorOfAwsOwnWhatWasOnlyReadIsNotChanged() throws Exception {
        scene.live.fates.add(FakeAccount.Fate.UNWELL);
        scene.abreast = 2;

        List<String> said = scene.apply(scene.deactivations());

        // Who was sent already cannot be called back; the second one of ann's never starts.
        assertThat(said).hasSize(3).anyMatch(line -> line.contains("in doubt"));
        assertThat(scene.live.calls.stream().filter(call -> call.startsWith("deactivate")))
                .hasSizeBetween(1, 2);
        assertThat(said).anyMatch(line -> line.contains("AWS answered an earlier change with an error of its own"));
    }

    @Test
    void whatIsOnItsWayEndsOnAnInterruptionAndNothingElseBegins() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        scene.live.beforeChange = () -> {
            begun.countDown();
            awaits(goOn);
        };
        List<Action> due = scene.deactivations();
        List<Throwable> thrown = new ArrayList<>();
        Thread run = Thread.ofPlatform().start(() -> {
            try {
                scene.abreast = 2;
                scene.apply(due);
            } catch (StoreFailure | InterruptedException e) {
                thrown.add(e);
            }
        });
        awaits(begun);
        run.interrupt();
        goOn.countDown();
        run.join(TimeUnit.SECONDS.toMillis(LONG));

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
        long intents = count(Entry.Intent.class);
        assertThat(intents).isBetween(1L, 3L);
        assertThat(count(Entry.Outcome.class)).isEqualTo(intents);
    }

    private long count(Class<? extends Entry> kind) throws StoreFailure {
        return scene.journal().stream()
                .filter(kind::isInstance)
                .filter(entry -> entry instanceof Entry.Intent intent && intent.verb() == Verb.DEACTIVATE
                        || entry instanceof Entry.Outcome outcome && outcome.verb() == Verb.DEACTIVATE)
                .count();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            assertThat(latch.await(LONG, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRightToTheAccountIsKeptForAsLongAsTheUsersTake() throws Exception {
        scene.beat = Duration.ofMillis(1);
        CountDownLatch renewed = new CountDownLatch(1);
        Leases leases = new Leases(scene.store, () -> scene.now, "other");
        scene.live.beforeChange = () -> {
            scene.now = scene.now.plus(Leases.TERM.multipliedBy(3).dividedBy(4));
            awaitsLease(leases, renewed);
        };

        assertThat(scene.apply(scene.deactivations().subList(0, 1))).containsExactly("deactivate ann: done");

        assertThat(renewed.getCount()).isZero();
    }

    /** Until the lease reaches beyond the term it was taken for. */
    private void awaitsLease(Leases leases, CountDownLatch renewed) {
        for (int look = 0; look < 10_000 && renewed.getCount() > 0; look++) {
            try {
                if (leases.acquire(ACCOUNT.id().value()) instanceof Leases.Answer.Refused(Leases.Held held)
                        && held.until().isAfter(scene.now.plus(Leases.TERM.dividedBy(2)))) {
                    renewed.countDown();
                }
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (StoreFailure | InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aFaultOfOursIsNotSwallowed() throws Exception {
        scene.live.beforeChange = () -> {
            throw new IllegalStateException("a fault");
        };

        assertThatThrownBy(() -> scene.apply(scene.deactivations())).hasMessageContaining("a fault");
    }

    @Test
    void onceTheJournalCannotBeWrittenNothingMoreBegins() throws Exception {
        List<Action> due = scene.deactivations();
        scene.live.beforeChange = this::damageTheJournal;

        assertThatThrownBy(() -> scene.apply(due))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED));

        assertThat(scene.live.calls.stream().filter(call -> call.startsWith("deactivate")))
                .hasSizeBetween(1, 2);
    }

    private void damageTheJournal() {
        String stream = ACCOUNT.id().value();
        try {
            JournalStore.Head head = scene.store.head(stream);
            scene.store.append(
                    stream,
                    head,
                    null,
                    List.of(new JournalStore.Line(
                            stream, head.sequence() + 1, scene.now, "{}", "0".repeat(64), null, null)));
        } catch (StoreFailure e) {
            // The other one wrote at the same instant, and finds what stands there.
        }
    }
}
