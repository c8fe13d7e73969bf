package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbreastTest {
    private static final List<Integer> THINGS = IntStream.range(0, 40).boxed().toList();

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 100})
    void resultsComeInTheOrderOfTheThings(int many) {
        assertThat(new Abreast(many).ended(THINGS, () -> {}, thing -> thing * 2))
                .isEqualTo(THINGS.stream().map(thing -> thing * 2).toList());
    }

    @Test
    void noMoreAreWorkedOnThanAreAllowed() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new Abreast(3).ended(THINGS, () -> {}, thing -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            Thread.yield();
            return now.decrementAndGet();
        });
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whatHasBegunIsEndedWhenThisIsInterruptedAndNothingElseBegins() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch interrupted = new CountDownLatch(1);
        Thread run = Thread.currentThread();
        Thread person = Thread.ofVirtual().start(() -> {
            try {
                begun.await();
                run.interrupt();
                interrupted.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        List<Integer> ended = new Abreast(2).ended(THINGS, () -> {}, thing -> {
            begun.countDown();
            interrupted.await();
            return thing;
        });
        assertThat(Thread.interrupted()).isTrue();
        person.join();
        // Between the interruption and its being seen a few more may begin; all that began have ended.
        assertThat(ended).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void alreadyInterruptedNothingBegins() {
        Thread.currentThread().interrupt();
        assertThat(new Abreast(1).ended(THINGS, () -> {}, thing -> thing)).isEmpty();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFaultOfOursIsNotHidden() {
        assertThatThrownBy(() -> new Abreast(4).ended(THINGS, () -> {}, thing -> {
                    throw new IllegalArgumentException("ordained");
                }))
                .hasRootCauseMessage("ordained");
    }

    @Test
    void whatMustBeKeptUpIsLookedAfterWhileThingsTakeTheirTime() {
        CountDownLatch looked = new CountDownLatch(3);
        List<Integer> ended = new Abreast(2, Duration.ofMillis(1)).ended(List.of(1), looked::countDown, thing -> {
            looked.await();
            return thing;
        });
        assertThat(ended).containsExactly(1);
    }
}
