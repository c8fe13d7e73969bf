package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.OpenedTicket;
import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.OwnerRule;
import io.keyturn.core.policy.Policy;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.core.policy.StageRule;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.StoreFailure;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketingTest {
    private final TicketScene scene = new TicketScene(TicketTools.Each.KEY);

    @Test
    void aTicketIsFiledOnceAndStandsInTheJournalWithWhatItAnnounced() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        assertThat(scene.run()).containsExactly("open-ticket ann: done");
        assertThat(scene.run()).isEmpty();
        assertThat(scene.desk.calls)
                .containsExactly("file 1 for ann@example.com: [AKIAEXAMPLE0000ANN0 deactivate 2026-12-23T12:00:00Z]");
        Entry.Notice notice = scene.journal().stream()
                .filter(Entry.Notice.class::isInstance)
                .map(Entry.Notice.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(notice.step()).isEqualTo(Step.DEACTIVATE);
        assertThat(notice.channel()).isEqualTo("desk");
        assertThat(notice.placement()).isEqualTo(Placement.PLACED);
        assertThat(notice.reference()).isEqualTo("T-1");
        assertThat(scene.past().told(credential())).hasSize(1);
        assertThat(scene.past().lastSpoken(credential())).isNull();
    }

    private CredentialId credential() throws Exception {
        scene.days(7);
        CredentialId credential = scene.plan().getFirst().credential();
        scene.days(-7);
        return credential;
    }

    @Test
    void aTicketWithoutAnActiveAssigneeIsNoNoticeThatSuffices() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.desk.placement = Placement.HANDED_OVER;
        scene.run();
        assertThat(scene.past().told(credential())).isEmpty();
        assertThat(scene.past().undecided()).isEmpty();
        scene.days(7);
        scene.desk.placement = Placement.PLACED;
        assertThat(scene.run()).containsExactly("open-ticket ann: done");
        assertThat(scene.past().told(credential())).hasSize(1);
    }

    @Test
    void aTicketIsClosedWhenItsKeyIsHealthyAndOpenedAnewWhenItIsNot() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.run();
        scene.put("ann", "ann@example.com", 1);
        assertThat(scene.run()).containsExactly("close-ticket ann: done");
        assertThat(scene.desk.calls.getLast()).isEqualTo("close: ann · ANN0 · production: the key is healthy again");
        assertThat(scene.run()).isEmpty();
        scene.put("ann", "ann@example.com", 60);
        assertThat(scene.run()).containsExactly("open-ticket ann: done");
    }

    @Test
    void theTicketOfAKeyThatIsGoneIsClosedAndThatOfOneThatIsBackIsNot() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.put("bob", "bob@example.com", 60);
        scene.run();
        scene.remove("ann");
        scene.put("bob", "bob@example.com");
        assertThat(scene.run()).containsExactly("close-ticket ann: done", "close-ticket bob: done");
        assertThat(scene.desk.calls.getLast()).contains("the key is gone");
        scene.put("bob", "bob@example.com", 60);
        scene.run();
        scene.put("bob", "bob@example.com", 1);
        List<Action> planned = scene.plan();
        scene.put("bob", "bob@example.com", 60);
        assertThat(scene.apply(planned))
                .containsExactly("close-ticket bob: skipped, it is not due any more: the key is overdue: "
                        + "unused for 60 days, limit 45");
    }

    @Test
    void aTicketThatMayHaveBeenMadeIsClosedWhereItsKeyNeedsNobodyBeforeItIsSeen() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.desk.fates.add(FakeDesk.Fate.LOST_AFTER);
        assertThat(scene.run()).containsExactly("open-ticket ann: in doubt, the desk failed");
        scene.remove("ann");
        assertThat(scene.run()).containsExactly("close-ticket ann: done");
        assertThat(scene.desk.open).isEmpty();
        assertThat(scene.run()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void nothingIsFiledOrClosedOnceEverythingIsStopped(int abreast) throws Exception {
        scene.abreast = abreast;
        scene.put("ann", "ann@example.com", 60);
        scene.desk.before = () -> stop("alice: drill");
        assertThat(scene.run()).containsExactly("open-ticket ann: failed, everything is stopped: alice: drill");
        scene.desk.before = () -> {};
        stop("");
        assertThat(scene.run()).containsExactly("open-ticket ann: done");
        scene.put("ann", "ann@example.com", 1);
        scene.desk.before = () -> stop("alice: drill");
        assertThat(scene.run()).containsExactly("close-ticket ann: failed, everything is stopped: alice: drill");
        assertThat(scene.desk.open).hasSize(1);
    }

    private void stop(String why) {
        try {
            if (why.isEmpty()) {
                new StopFlag(scene.store).lower();
            } else {
                new StopFlag(scene.store).raise(why);
            }
        } catch (StoreFailure e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anUnreadableUserIsNotGone() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.run();
        scene.remove("ann");
        scene.live.unreadable = true;
        assertThat(scene.run()).containsExactly("close-ticket ann: failed, AWS throttled every attempt");
        assertThat(scene.past().tickets()).hasSize(1);
    }

    /** What was written down last, with its reason. */
    private static String end(TicketScene scene) throws StoreFailure {
        return scene.journal().getLast() instanceof Entry.Outcome outcome
                ? outcome.result() + ", " + outcome.why()
                : "no end";
    }

    @Test
    void aRefusedTicketIsTriedAgainByTheNextRun() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.desk.fates.add(FakeDesk.Fate.REFUSED);
        assertThat(scene.run()).containsExactly("open-ticket ann: failed, the desk failed");
        assertThat(end(scene)).isEqualTo("FAILED, the desk failed");
        assertThat(scene.past().tickets()).isEmpty();
        assertThat(scene.run()).containsExactly("open-ticket ann: done");
        scene.put("ann", "ann@example.com", 1);
        scene.desk.fates.add(FakeDesk.Fate.REFUSED);
        assertThat(scene.run()).containsExactly("close-ticket ann: failed, the desk failed");
        assertThat(end(scene)).isEqualTo("FAILED, the desk failed");
        assertThat(scene.run()).containsExactly("close-ticket ann: done");
    }

    @Test
    void aFilingInDoubtIsFiledAgainAfterAWhileAndMakesNoSecondTicket() throws Exception {
        for (FakeDesk.Fate fate : List.of(FakeDesk.Fate.LOST_BEFORE, FakeDesk.Fate.LOST_AFTER)) {
            TicketScene one = new TicketScene(TicketTools.Each.KEY);
            one.put("ann", "ann@example.com", 60);
            one.desk.fates.add(fate);
            assertThat(one.run()).containsExactly("open-ticket ann: in doubt, the desk failed");
            assertThat(end(one)).isEqualTo("IN_DOUBT, the desk failed");
            assertThat(one.run()).containsExactly("open-ticket ann: done");
            assertThat(one.pauses).containsExactly(Duration.ofSeconds(30));
            assertThat(one.desk.open).hasSize(1).containsValue("T-1");
            one.put("ann", "ann@example.com", 1);
            one.desk.fates.add(fate);
            assertThat(one.run()).containsExactly("close-ticket ann: in doubt, the desk failed");
            assertThat(end(one)).isEqualTo("IN_DOUBT, the desk failed");
            assertThat(one.run()).containsExactly("close-ticket ann: done");
            assertThat(one.desk.open).isEmpty();
        }
    }

    @Test
    void anOwnersKeysShareATicketThatEndsWithTheLastOfThem() throws Exception {
        TicketScene shared = new TicketScene(TicketTools.Each.OWNER);
        shared.put("ann", "team@example.com", 60, 55);
        shared.put("bob", "team@example.com", 60);
        shared.put("eve", "eve@example.com", 60);
        shared.put("zoe", "", 60);
        assertThat(shared.run())
                .containsExactly(
                        "open-ticket ann: done",
                        "open-ticket bob: done",
                        "open-ticket eve: done",
                        "open-ticket zoe: done",
                        "open-ticket ann: done");
        assertThat(shared.desk.calls).hasSize(3);
        assertThat(shared.desk.calls.getFirst())
                .startsWith("file 3 for team@example.com: [AKIAEXAMPLE0000ANN0")
                .contains("AKIAEXAMPLE0000BOB0", "AKIAEXAMPLE0000ANN1");
        assertThat(shared.desk.calls.getLast()).startsWith("file 1 for nobody");
        assertThat(shared.past().tickets())
                .extracting(OpenedTicket::reference)
                .containsExactly("T-1", "T-1", "T-1", "T-2", "T-3");
        shared.put("bob", "team@example.com", 1);
        assertThat(shared.run()).containsExactly("close-ticket bob: done");
        assertThat(shared.desk.open).hasSize(3);
        shared.remove("ann");
        assertThat(shared.run()).containsExactly("close-ticket ann: done", "close-ticket ann: done");
        assertThat(shared.desk.open).hasSize(2);
        assertThat(shared.desk.calls).hasSize(4);
    }

    @Test
    void whereNoDeskIsConfiguredThatIsSaid() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.run();
        scene.withDesk = false;
        scene.put("ann", "ann@example.com", 1);
        scene.put("bob", "bob@example.com", 60);
        assertThat(scene.run())
                .containsExactly(
                        "open-ticket bob: skipped, no channel for tickets is configured",
                        "close-ticket ann: skipped, no channel for tickets is configured");
    }

    @Test
    void aMarkerIsALabelThatNamesNobodyAndIsTheSameForEver() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.run();
        assertThat(scene.desk.open.keySet()).containsExactly("keyturn-8a0a1444e6bba359");
    }

    /** Reminders, tickets and switching off by one limit, at once and unannounced. */
    private void atOnce() {
        List<Step> all = List.of(Step.REMIND, Step.TICKET, Step.DEACTIVATE);
        Limit idle = new Limit(Duration.ofDays(30), Duration.ofDays(45), List.of(), all);
        scene.rules = new Rules(
                List.of(new Policy(
                        "people", Condition.ALWAYS, null, idle, Duration.ofDays(1), null, Duration.ofDays(30), true)),
                List.of(),
                List.of(new StageRule(null, null, Stage.ENFORCE)),
                List.of(new OwnerRule.Tag("Owner")),
                Map.of(),
                null,
                true);
    }

    @Test
    void anOwnerHearsOfAKeyBeforeItIsSwitchedOffAndWhereItsTicketIs() throws Exception {
        atOnce();
        scene.put("ann", "ann@example.com", 60);
        assertThat(scene.run()).containsExactly("open-ticket ann: done", "remind ann: done", "deactivate ann: done");
        assertThat(scene.letters.sent)
                .extracting(Notice::ticket)
                .containsExactly(new Notice.Ticket("T-1", URI.create("https://desk.example/T-1")));
    }

    @Test
    void aMessageThatIsRefusedHoldsUpNoSwitchingOffAndOneWithoutATicketHasNone() throws Exception {
        atOnce();
        scene.put("ann", "ann@example.com", 60);
        scene.desk.fates.add(FakeDesk.Fate.REFUSED);
        scene.letters.placement = Placement.FAILED;
        assertThat(scene.run())
                .containsExactly(
                        "open-ticket ann: failed, the desk failed",
                        "remind ann: failed, it is shut",
                        "deactivate ann: done");
        assertThat(scene.letters.sent).extracting(Notice::ticket).containsOnlyNulls();
    }

    @Test
    void anOwnerGetsOneTicketAlsoWhereUsersAreWorkedOnAtTheSameTime() throws Exception {
        TicketScene together = new TicketScene(TicketTools.Each.OWNER);
        together.abreast = 4;
        for (String name : List.of("ann", "bob", "cid", "dan")) {
            together.put(name, "team@example.com", 60);
        }

        assertThat(together.run())
                .containsExactlyInAnyOrder(
                        "open-ticket ann: done",
                        "open-ticket bob: done",
                        "open-ticket cid: done",
                        "open-ticket dan: done");

        assertThat(together.desk.calls).singleElement().asString().startsWith("file 4 for team@example.com");
    }

    @Test
    void aDeskThatFiledNothingIsAskedAgain() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.desk.fates.add(FakeDesk.Fate.NOTHING);
        assertThat(scene.run()).containsExactly("open-ticket ann: failed, nothing was filed");
        assertThat(end(scene)).isEqualTo("FAILED, nothing was filed");
        assertThat(scene.run()).containsExactly("open-ticket ann: done");
    }

    @Test
    void aTicketThatIsClosedAlreadyIsNotClosedAgain() throws Exception {
        scene.put("ann", "ann@example.com", 60);
        scene.run();
        scene.put("ann", "ann@example.com", 1);
        List<Action> due = scene.plan();
        assertThat(scene.apply(due)).containsExactly("close-ticket ann: done");
        scene.remove("ann");
        assertThat(scene.apply(due)).containsExactly("close-ticket ann: skipped, its ticket is closed already");
    }
}
