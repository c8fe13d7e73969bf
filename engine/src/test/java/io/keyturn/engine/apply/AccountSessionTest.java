package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.key;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Settled;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.journal.FailingStore;
import io.keyturn.engine.journal.Leases;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountSessionTest {
    private final Scene scene = new Scene();

    @Test
    void aKeyIsToldOfThenSwitchedOffThenDeleted() throws Exception {
        assertThat(scene.run()).containsExactly("remind ann: done", "remind bob: done");
        assertThat(scene.letters.sent)
                .allSatisfy(notice -> assertThat(notice.announced())
                        .satisfies(next -> assertThat(next.step()).isEqualTo(Step.DEACTIVATE)));
        scene.days(29);
        scene.run();
        assertThat(scene.live.calls).noneMatch(call -> call.startsWith("deactivate"));
        scene.days(1);
        assertThat(scene.run()).contains("deactivate ann: done", "deactivate bob: done");
        assertThat(scene.active("ann")).isFalse();
        assertThat(scene.run()).containsExactly("remind ann: done", "remind bob: done");
        scene.days(74);
        assertThat(scene.run()).isEmpty();
        scene.days(1);
        assertThat(scene.run()).contains("delete ann: done", "delete bob: done");
        assertThat(scene.live.get("ann").keys().orElse(List.of())).isEmpty();
    }

    @Test
    void everyChangeHasAnIntentBeforeAndAnOutcomeAfter() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        int before = scene.journal().size();
        scene.live.beforeChange = () -> assertThat(scene.lastIntent()).isEqualTo(Verb.DEACTIVATE);

        scene.apply(due);

        assertThat(scene.journal().subList(before, before + 2))
                .satisfiesExactly(
                        entry -> assertThat(entry).isInstanceOfSatisfying(Entry.Intent.class, intent -> {
                            assertThat(intent.present()).containsExactly(new KeyId(Scene.ANN_KEY));
                            assertThat(intent.plan()).isEqualTo("plan");
                        }),
                        entry -> assertThat(entry)
                                .isInstanceOfSatisfying(
                                        Entry.Outcome.class,
                                        outcome -> assertThat(outcome.result()).isEqualTo(Entry.Result.DONE)));
    }

    @Test
    void aUserMadeAnewUnderTheSameNameIsNotTouched() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.put(user("ann", "AIDAOTHER", scene.now, key(Scene.ANN_KEY, scene.now, 80, 60)));

        assertThat(scene.apply(due))
                .containsExactly(
                        "deactivate ann: skipped, the user was deleted and made again: it is another one now",
                        "deactivate bob: done");
    }

    @Test
    void whatChangedSinceThePlanCancelsTheAct() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.put(user("ann", "AIDAANN", scene.now, key(Scene.ANN_KEY, scene.now, 110, 0)));
        scene.live.remove(scene.live.get("bob").name());

        assertThat(scene.apply(due))
                .containsExactly(
                        "deactivate ann: skipped, it is not due any more: the key is healthy",
                        "deactivate bob: skipped, the user is gone");
    }

    @Test
    void aKeyThatIsGoneIsNotMissed() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.put(user("ann", "AIDAANN", scene.now));

        assertThat(scene.apply(due)).contains("deactivate ann: skipped, the key is gone");
    }

    @Test
    void whatCannotBeReadLetsNothingPass() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.unreadable = true;

        assertThat(scene.apply(due))
                .containsExactly(
                        "deactivate ann: failed, AWS throttled every attempt",
                        "deactivate bob: failed, AWS throttled every attempt");
        assertThat(scene.live.calls).noneMatch(call -> call.startsWith("deactivate"));
    }

    @Test
    void aClockThatIsAheadOfAwsMakesNothingDue() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.awsTime = scene.now.minus(Duration.ofDays(1));

        assertThat(scene.apply(due))
                .allMatch(
                        line -> line.contains(
                                "skipped, by AWS's clock it is not due: this machine's is 24 h ahead of it; set it right (the key is"));
    }

    @Test
    void onceStoppedNothingStarts() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        StopFlag stop = new StopFlag(scene.store);
        stop.raise("alice: drill");

        assertThat(scene.apply(due)).allMatch(line -> line.endsWith("not tried, everything is stopped: alice: drill"));

        stop.lower();
        assertThat(scene.apply(due)).allMatch(line -> line.endsWith("done"));
    }

    @Test
    void aStopInTheMiddleKeepsTheNextChangeFromStarting() throws Exception {
        scene.announced();
        scene.live.beforeChange = () -> {
            try {
                new StopFlag(scene.store).raise("bob: enough");
            } catch (StoreFailure e) {
                throw new AssertionError(e);
            }
        };

        assertThat(scene.apply(scene.deactivations()))
                .containsExactly(
                        "deactivate ann: done", "deactivate bob: not tried, everything is stopped: bob: enough");
    }

    @Test
    void anAccountThatAnotherWorkerHoldsIsLeftAlone() throws Exception {
        scene.announced();
        new Leases(scene.store, () -> scene.now, "other").acquire(ACCOUNT.id().value());

        assertThat(scene.apply(scene.deactivations())).containsExactly("busy: other");
        assertThat(scene.live.calls).isEmpty();
    }

    @Test
    void aFreezeBetweenPlanAndActCancelsTheAct() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.decide(Entry.Decision.Kind.FREEZE, "ann");

        assertThat(scene.apply(due))
                .containsExactly("deactivate ann: skipped, frozen by carol: vendor", "deactivate bob: done");
    }

    @Test
    void aDecisionAtTheVeryLastMomentIsSeenToo() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.beforeChange = () -> {
            if (scene.active("ann")) {
                scene.decide(Entry.Decision.Kind.FREEZE, "bob");
            }
        };

        // It comes after ann's intent, so what was begun ends; of bob it is known before his.
        assertThat(scene.apply(due))
                .containsExactly("deactivate ann: done", "deactivate bob: skipped, frozen by carol: vendor");
    }

    @Test
    void afterAnErrorOfAwsOwnNothingMoreIsChangedInTheRun() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.UNWELL);

        assertThat(scene.apply(scene.deactivations()))
                .containsExactly(
                        "deactivate ann: in doubt, it was so ordained",
                        "deactivate bob: not tried, AWS answered an earlier change with an error of its own;"
                                + " the next run tries again");
    }

    @Test
    void aRefusedChangeHoldsUpNobodyElse() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.REFUSED);

        assertThat(scene.apply(scene.deactivations()))
                .containsExactly("deactivate ann: failed, it was so ordained", "deactivate bob: done");
    }

    @Test
    void aChangeThatWasNotAnsweredIsLookedForOnceAwsHadTimeToShowIt() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.LOST_AFTER);
        scene.live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        scene.apply(scene.deactivations());
        assertThat(scene.journal())
                .filteredOn(
                        entry -> entry instanceof Entry.Outcome outcome && outcome.result() == Entry.Result.IN_DOUBT)
                .hasSize(2);

        assertThat(scene.run()).isEmpty();
        assertThat(scene.run()).containsExactly("deactivate bob: done", "remind ann: done");

        assertThat(scene.pauses).containsExactly(Recovery.SETTLED);
        assertThat(scene.journal())
                .filteredOn(entry ->
                        entry instanceof Entry.Outcome outcome && outcome.why().startsWith("found"))
                .extracting(entry -> ((Entry.Outcome) entry).why())
                .containsExactly("found done by a later run", "found not done by a later run");
    }

    @Test
    void whileADoubtCannotBeResolvedItsUserIsHeld() throws Exception {
        scene.announced();
        scene.live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        scene.apply(scene.deactivations().subList(0, 1));
        List<Action> due = scene.deactivations();
        scene.live.unreadable = true;

        assertThat(scene.apply(due))
                .last()
                .asString()
                .startsWith("it is still not known what came of the deactivate of ann begun at 2026-12-23T12:00:00Z:");
        assertThat(scene.deactivations())
                .noneMatch(action -> action.credential().principal().display().equals("ann"));
    }

    @Test
    void aMessageThatDidNotGoOutIsSaidAgain() throws Exception {
        scene.letters.placement = Placement.FAILED;
        scene.run();
        scene.letters.placement = Placement.PLACED;

        assertThat(scene.run()).containsExactly("remind ann: done", "remind bob: done");
        assertThat(scene.run()).isEmpty();
    }

    @Test
    void aMessageThatNobodyIsKnownToGetIsNotSent() throws Exception {
        User ann = scene.live.get("ann");
        scene.live.put(new User(
                ann.name(),
                ann.id(),
                ann.arn(),
                ann.path(),
                ann.created(),
                ann.keys(),
                Fact.known(Map.of(), scene.now),
                ann.groups(),
                ann.policies(),
                ann.boundary(),
                ann.console(),
                ann.mfa()));

        assertThat(scene.run())
                .containsExactly("remind ann: skipped, nobody is known to own the key", "remind bob: done");
    }

    @Test
    void aJournalThatCannotBeTrustedStopsTheAccount() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.store.append(
                ACCOUNT.id().value(),
                scene.store.head(ACCOUNT.id().value()),
                null,
                List.of(new JournalStore.Line(
                        ACCOUNT.id().value(),
                        scene.store.head(ACCOUNT.id().value()).sequence() + 1,
                        scene.now,
                        "{}",
                        "0".repeat(64),
                        null,
                        null)));

        assertThatThrownBy(() -> scene.apply(due))
                .isInstanceOfSatisfying(
                        StoreFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.DAMAGED));
        assertThat(scene.live.calls).noneMatch(call -> call.startsWith("deactivate"));
        // The lease was given back all the same.
        assertThat(new Leases(scene.store, () -> scene.now, "next")
                        .acquire(ACCOUNT.id().value()))
                .isInstanceOf(Leases.Answer.Granted.class);
    }

    @Test
    void mailCountsOnceItHadTimeToComeBackAndDidNot() throws Exception {
        scene.letters.placement = Placement.HANDED_OVER;
        scene.run();
        scene.days(31);
        assertThat(scene.deactivations()).isEmpty();

        scene.letters.placement = Placement.PLACED;
        scene.apply(List.of());

        assertThat(scene.deactivations()).hasSize(2);
    }

    @Test
    void mailThatCameBackIsNoNoticeAndIsSaidAgain() throws Exception {
        scene.letters.placement = Placement.HANDED_OVER;
        scene.run();
        scene.days(1);
        scene.letters.placement = Placement.FAILED;
        scene.apply(List.of());
        scene.letters.placement = Placement.PLACED;

        assertThat(scene.run()).containsExactly("remind ann: done", "remind bob: done");
    }

    @Test
    void aFailureOfTheJournalIsOfOneChangeOrOfTheWholeAccount() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.CONFLICT, 1);
        assertThat(scene.apply(due))
                .containsExactly(
                        "deactivate ann: skipped, the journal has news of this account since it was read",
                        "deactivate bob: done");
        assertThat(scene.active("ann")).isTrue();
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.REFUSED, 1);
        assertThat(scene.apply(due.subList(0, 1)))
                .containsExactly("deactivate ann: failed, it was so ordained: REFUSED");
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.FENCED, 1);
        assertThat(scene.apply(due.subList(0, 1)).getFirst()).startsWith("deactivate ann: not tried, ");
        scene.store.appends = FailingStore.failing(StoreFailure.Kind.UNAVAILABLE, 1);
        assertThatThrownBy(() -> scene.apply(due.subList(0, 1))).isInstanceOf(StoreFailure.class);
        assertThat(scene.active("ann")).isTrue();
    }

    @Test
    void aKeyIsMadeOnlyWhereItsSecretIsDeliveredToo() throws Exception {
        Action some = scene.plan().getFirst();
        assertThat(scene.apply(List.of(new Action.CreateKey(some.credential(), some.reasons()))))
                .containsExactly("create-key ann: skipped, a key is made only where its secret is delivered too");
    }

    @Test
    void theRootUserIsNeverTouched() throws Exception {
        CredentialId root = new CredentialId(
                CredentialId.Kind.ACCESS_KEY, ACCOUNT.id(), Principal.ROOT, 1, new KeyId(Scene.ANN_KEY), scene.now);
        assertThat(scene.apply(List.of(new Action.Deactivate(root, List.of()))))
                .containsExactly("deactivate root user: skipped, the root user is never touched");
        assertThat(scene.live.calls).isEmpty();
    }

    @Test
    void aUserWhoseKeysCannotBeReadLosesNone() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations().subList(0, 1);
        scene.live.put(scene.live.get("ann").withKeys(Fact.unknown("denied")));
        assertThat(scene.apply(due)).containsExactly("deactivate ann: skipped, the key is gone");
        assertThat(Scribe.keysOf(scene.live.get("ann"))).isEmpty();
    }

    @Test
    void anInterruptedRunBeginsNothingMore() throws Exception {
        scene.announced();
        scene.abreast = 2;
        List<Action> due = scene.deactivations();
        scene.live.beforeChange = () -> runner.interrupt();
        assertThatThrownBy(() -> scene.apply(due)).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        scene.live.beforeChange = () -> {};
        assertThat(scene.run()).as("the next run goes on").isNotNull();
    }

    private final Thread runner = Thread.currentThread();

    @Test
    void anOutcomeIsOfItsOwnKeyAndStep() throws Exception {
        List<Action> due = scene.plan();
        Action ann = due.getFirst();
        Action bob = due.getLast();
        Outcome done = new Outcome.Done(ann);
        assertThat(done.isOf(ann)).isTrue();
        assertThat(done.isOf(bob)).isFalse();
        assertThat(done.isOf(new Action.Deactivate(ann.credential(), List.of())))
                .isFalse();
        CredentialId read = ann.credential();
        CredentialId again =
                new CredentialId(read.kind(), read.account(), read.principal(), 2, read.keyId(), scene.now);
        assertThat(done.isOf(new Action.Remind(again, List.of(), null, null))).isTrue();
        CredentialId nameless = new CredentialId(read.kind(), read.account(), read.principal(), 2, null, scene.now);
        assertThat(done.isOf(new Action.Remind(nameless, List.of(), null, null)))
                .isFalse();
        assertThat(Recheck.isSame(nameless, nameless)).isFalse();
    }

    @Test
    void aClockThatIsBehindAwsHoldsUpNothingThatIsDueByBoth() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.awsTime = scene.now.plus(Duration.ofDays(1));
        assertThat(scene.apply(due)).hasSize(2).allMatch(line -> line.endsWith("done"));
    }

    /** Otherwise the cool-down would end a day early once the clock is set right. */
    @Test
    void whatIsDoneWhileTheClockIsBehindIsDatedByAwsClock() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.awsTime = scene.now.plus(Duration.ofDays(1));
        scene.apply(due);

        assertThat(lastOutcome().stamp().at()).isEqualTo(scene.live.awsTime);
    }

    @Test
    void asFarAsAwsAnswersTellNoMoreThanSecondsThisMachinesClockDatesWhatIsDone() throws Exception {
        scene.announced();
        List<Action> due = scene.deactivations();
        scene.live.awsTime = scene.now.plus(Duration.ofMinutes(1));
        scene.apply(due);

        assertThat(lastOutcome().stamp().at()).isEqualTo(scene.now);
    }

    private Entry.Outcome lastOutcome() throws Exception {
        return scene.journal().stream()
                .filter(Entry.Outcome.class::isInstance)
                .map(Entry.Outcome.class::cast)
                .filter(outcome -> outcome.verb() == Verb.DEACTIVATE)
                .toList()
                .getLast();
    }

    @Test
    void mailWhoseFateIsStillOpenIsAskedAboutAgain() throws Exception {
        scene.letters.placement = Placement.HANDED_OVER;
        scene.run();
        scene.days(2);
        int before = scene.journal().size();
        scene.apply(List.of());
        assertThat(scene.journal()).hasSize(before);
    }

    @Test
    void whatCountsUnderNoCapAsksForNoPlaceAndWhatIsToldToNobodyIsSharedWithNobody() throws Exception {
        Action some = scene.plan().getFirst();
        Action end = new Action.CloseNotice(some.credential(), List.of(), Settled.GONE);
        assertThat(Wishes.of(List.of(end), Map.of())).isEmpty();

        Map<AccountId, List<Action>> byAccount = new TreeMap<>();
        for (String id : List.of("000000000001", "000000000002")) {
            byAccount.put(
                    new AccountId(id),
                    new ArrayList<>(List.of(new Action.Remind(some.credential(), List.of(), null, null), end)));
        }
        assertThat(SharedReminders.takenFrom(byAccount).groups()).isEmpty();
        assertThat(byAccount.values()).allSatisfy(left -> assertThat(left).hasSize(2));
    }
}
