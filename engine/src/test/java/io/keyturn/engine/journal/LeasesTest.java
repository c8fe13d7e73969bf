package io.keyturn.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private final MemoryJournalStore store = new MemoryJournalStore();
    private Instant now = JournalSamples.NOON;
    private Instant theirNow = JournalSamples.NOON;
    private final Leases mine = new Leases(store, () -> now, "mine");
    private final Leases theirs = new Leases(store, () -> theirNow, "theirs");

    @Test
    void aLeaseIsHeldByOneWorker() throws StoreFailure {
        Lease lease = granted(mine);

        assertThat(theirs.acquire("a"))
                .isEqualTo(new Leases.Answer.Refused(new Leases.Held("mine", now.plus(Leases.TERM))));
        assertThat(mine.holds(lease)).isTrue();
    }

    @Test
    void whoHoldsALeaseCanBeSeenWithoutTakingIt() throws StoreFailure {
        assertThat(theirs.holder("a")).isEmpty();
        Lease lease = granted(mine);

        assertThat(theirs.holder("a")).contains(new Leases.Held("mine", lease.until()));
        mine.release(lease);
        assertThat(theirs.holder("a")).isEmpty();
    }

    @Test
    void anEndedLeaseIsTakenOverAndItsFormerHolderIsFenced() throws StoreFailure {
        Lease lease = granted(mine);
        pass(Leases.TERM.plus(Leases.SKEW));

        assertThat(mine.holds(lease)).isFalse();
        granted(theirs);
        assertThatThrownBy(() -> mine.renew(lease))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.FENCED))
                .hasMessage(
                        "could not keep the lease of a: another worker has taken it over since 2026-11-23T12:02:00.123Z;"
                                + " what was begun is finished by that worker");
    }

    @Test
    void aTakerAllowsForTheDifferenceOfTheClocks() throws StoreFailure {
        granted(mine);
        theirNow = theirNow.plus(Leases.TERM).plus(Leases.SKEW).minusMillis(1);

        assertThat(theirs.acquire("a")).isInstanceOf(Leases.Answer.Refused.class);
    }

    @Test
    void aRenewedLeaseLastsAnotherTerm() throws StoreFailure {
        Lease lease = granted(mine);
        pass(Leases.TERM.dividedBy(2));

        Lease renewed = mine.renew(lease);
        pass(Leases.TERM.minusSeconds(1));

        assertThat(mine.holds(renewed)).isTrue();
        assertThat(mine.holds(lease)).isFalse();
    }

    @Test
    void aClockSetBackEndsTheLease() throws StoreFailure {
        Lease lease = granted(mine);
        now = now.minus(Duration.ofDays(1));

        assertThat(mine.holds(lease)).isFalse();
    }

    @Test
    void aReleasedLeaseIsFreeAtOnce() throws StoreFailure {
        mine.release(granted(mine));

        granted(theirs);
    }

    @Test
    void releasingWhatSomebodyElseHoldsChangesNothing() throws StoreFailure {
        Lease lease = granted(mine);
        pass(Leases.TERM.plus(Leases.SKEW));
        Lease next = granted(theirs);

        mine.release(lease);

        assertThat(theirs.renew(next).register().version())
                .isEqualTo(next.register().version() + 1);
    }

    @Test
    void everyTakeoverRaisesTheFence() throws StoreFailure {
        Lease lease = granted(mine);
        mine.release(lease);

        assertThat(granted(theirs).register().version())
                .isGreaterThan(lease.register().version());
    }

    @Test
    void aLeaseThatCannotBeReadIsNotFree() throws StoreFailure {
        store.write("lease/a", 0, "free for all");

        assertThatThrownBy(() -> mine.acquire("a"))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        theirNow = theirNow.plus(time);
    }

    private static Lease granted(Leases leases) throws StoreFailure {
        return switch (leases.acquire("a")) {
            case Leases.Answer.Granted granted -> granted.lease();
            case Leases.Answer.Refused refused -> throw new AssertionError("held by " + refused.held());
        };
    }

    private final FailingStore failing = new FailingStore();
    private final Leases troubled = new Leases(failing, () -> now, "mine");

    @Test
    void whoLosesTheRaceForALeaseIsToldWhoWonIt() throws StoreFailure {
        Leases winner = new Leases(failing.inner, () -> now, "theirs");
        failing.writes = register -> winner.acquire("a");

        assertThat(troubled.acquire("a"))
                .isEqualTo(new Leases.Answer.Refused(new Leases.Held("theirs", now.plus(Leases.TERM))));
    }

    @Test
    void aWinnerThatCannotBeReadOrIsGoneAgainIsAnotherWorker() throws StoreFailure {
        failing.writes = FailingStore.failing(StoreFailure.Kind.CONFLICT);
        assertThat(troubled.acquire("a")).isEqualTo(new Leases.Answer.Refused(new Leases.Held("another worker", now)));

        failing.writes = register -> failing.inner.write(register, 0, "free for all");
        assertThat(troubled.acquire("a")).isEqualTo(new Leases.Answer.Refused(new Leases.Held("another worker", now)));
    }

    @Test
    void aStoreThatCannotBeReachedIsNeitherAWinnerNorATakeover() throws StoreFailure {
        Lease lease = granted(troubled);
        failing.writes = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE);
        pass(Leases.TERM.plus(Leases.SKEW));

        assertKind(StoreFailure.Kind.UNAVAILABLE, () -> troubled.acquire("a"));
        assertKind(StoreFailure.Kind.UNAVAILABLE, () -> troubled.renew(lease));
        assertKind(StoreFailure.Kind.UNAVAILABLE, () -> troubled.release(lease));
    }

    @Test
    void nobodyHoldsALeaseThatHasEnded() throws StoreFailure {
        granted(mine);
        pass(Leases.TERM);
        assertThat(theirs.holder("a")).isPresent();

        pass(Duration.ofMillis(1));
        assertThat(theirs.holder("a")).isEmpty();
    }

    private static void assertKind(StoreFailure.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
