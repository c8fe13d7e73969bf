package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.plan.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every published bug is caught by what it does to the world, and the engine without it is not blamed for the same. */
@Tag("simulation")
class MutantsTest {
    @BeforeAll
    static void dieQuietly() {
        Deaths.hush();
    }

    @AfterAll
    static void dieAloud() {
        Deaths.unhush();
    }

    private static List<String> broken(Scenario scenario, Bug bug) {
        return Story.of(scenario, Person.INSTALLS, Map.of(), bug).broken();
    }

    private static void isCaught(Scenario scenario, Bug bug, String promise) {
        assertThat(broken(scenario, bug)).anyMatch(found -> found.contains("): " + promise));
        assertThat(broken(scenario, Bug.NONE)).isEmpty();
    }

    /** All that is broken where a change of a key takes effect and its answer is lost, each change in turn. */
    private static List<String> brokenByLostAnswers(Supplier<Bug> bug, Blow blow) {
        List<Blow.Place> places =
                Story.of(Scenario.ROTATION, Person.INSTALLS, Map.of()).places();
        List<String> broken = new ArrayList<>();
        for (int at = 0; at < places.size(); at++) {
            if (places.get(at) == Blow.Place.AWS_WRITE) {
                Story story = Story.of(Scenario.ROTATION, Person.INSTALLS, Map.of(at, blow), bug.get());
                for (int week = 0; week < 4; week++) {
                    story.life().days(7);
                }
                story.life().truth.finished();
                broken.addAll(story.broken());
                broken.addAll(story.life().truth.broken());
            }
        }
        return broken;
    }

    @Test
    void deletingTheOldestKeyToMakeRoom() {
        isCaught(Scenario.TWO_KEYS, new Mutants.DeletesOldest(), "3: a key that worked was deleted");
    }

    @Test
    void storingTheIntentAfterTheKeyWasMade() {
        isCaught(
                Scenario.ROTATION,
                new Mutants.StoresAfterwards(Verb.CREATE_KEY),
                "6: a key was made without an intent");
    }

    @Test
    void throttlingReadAsNeverUsed() {
        isCaught(Scenario.IN_USE, new Mutants.ThrottledIsNeverUsed(), "1: no key is left that its owner could hold");
    }

    @Test
    void aReportsSlotMappedToTheWrongKey() {
        isCaught(Scenario.ONE_OF_TWO, new Mutants.WrongSlot(), "2: a key in use was switched off");
    }

    @Test
    void aCapCounterThatNeverCounts() {
        isCaught(Scenario.CAPPED, new Mutants.NeverCounts(), "9: more keys were changed than a cap allows");
    }

    @Test
    void aBrownoutThatNobodyEnds() {
        isCaught(
                Scenario.BROWNOUT,
                new Mutants.NeverEndsBrownouts(),
                "17: a key that was to be off for a while is off still");
    }

    @Test
    void aTicketMadeWithoutALookForTheOneThereIs() {
        isCaught(Scenario.TICKET_AGAIN, new Mutants.FilesBlindly(), "19: a second ticket of the same is open");
    }

    @Test
    void aTicketThatNobodyCloses() {
        isCaught(
                Scenario.TICKET,
                new Mutants.NeverClosesTickets(),
                "17: the ticket of keys that need nobody is open still");
    }

    @Test
    void whatCannotBeSeenTakenForGone() {
        isCaught(
                Scenario.TICKET_AGAIN,
                new Mutants.TakesKeysForGone(),
                "8: the ticket of a key that is overdue was closed");
        isCaught(
                Scenario.TICKET_AGAIN,
                new Mutants.TakesKeysForGone(),
                "8: it was said that an overdue key needs nobody");
    }

    /** All that is broken where one message after the other is refused. */
    private static List<String> brokenByRefusals(Supplier<Bug> bug) {
        List<Blow.Place> places =
                Story.of(Scenario.BOARDED, Person.INSTALLS, Map.of()).places();
        List<String> broken = new ArrayList<>();
        for (int at = 0; at < places.size(); at++) {
            if (places.get(at) == Blow.Place.MESSAGE) {
                broken.addAll(Story.of(Scenario.BOARDED, Person.INSTALLS, Map.of(at, Blow.DENIED), bug.get())
                        .broken());
            }
        }
        return broken;
    }

    @Test
    void aBoardTakenForToldThatWasNot() {
        assertThat(brokenByRefusals(Mutants.ForgetsBoards::new))
                .anyMatch(found -> found.contains("): 13: a board never heard what an owner heard"))
                .anyMatch(found -> found.contains("): 15: what was not said is recorded as said"));
        assertThat(brokenByRefusals(() -> Bug.NONE)).isEmpty();
    }

    @Test
    void aBoardToldAgainAndAgain() {
        isCaught(Scenario.BOARDED, new Mutants.TellsBoardsThrice(), "19: a board heard the same more than twice");
    }

    @Test
    void whatWasNeverSentTakenForSaid() {
        isCaught(Scenario.TICKET, new Mutants.ClaimsToHaveSaid(), "15: what was not said is recorded as said");
        isCaught(Scenario.TICKET, new Mutants.ClaimsToHaveSaid(), "15: an end that was not said is recorded as said");
    }

    @Test
    void anAlarmThatNobodyEnds() {
        isCaught(Scenario.LEAKED, new Mutants.ForgetsAlarms(), "17: the alarm does not say what is so");
    }

    @Test
    void anEndThatIsSaidTwice() {
        isCaught(Scenario.TICKET, new Mutants.EndsTwice(), "19: the end was said more than once");
    }

    @Test
    void sayingAndFilingWhatIsNotWrittenDownBefore() {
        isCaught(
                Scenario.TICKET, new Mutants.StoresAfterwards(Verb.REMIND), "15: something was said without an intent");
        isCaught(
                Scenario.TICKET,
                new Mutants.StoresAfterwards(Verb.CLOSE_NOTICE),
                "15: something was said without an intent");
        isCaught(
                Scenario.TICKET,
                new Mutants.StoresAfterwards(Verb.OPEN_TICKET),
                "15: something was filed without an intent");
    }

    @Test
    void readingTheFirstPageOnly() {
        assertThat(brokenByLostAnswers(Mutants.FirstPageOnly::new, Blow.DROPPED_AFTER))
                .anyMatch(found -> found.contains("17: a key that nobody holds works still"));
    }

    @Test
    void aRetryThatSendsAgain() {
        assertThat(brokenByLostAnswers(Mutants.SendsAgain::new, Blow.DROPPED_AFTER))
                .anyMatch(found -> found.contains("17: a key that nobody holds works still"));
    }

    @Test
    void aFailedItemThatIsNeverQueuedAgain() {
        assertThat(brokenByLostAnswers(Mutants.NeverQueuesAgain::new, Blow.DENIED))
                .anyMatch(found -> found.contains("17: a rotation that its owner finished has not ended"));
    }

    @Test
    void theEngineWithoutThemIsNotBlamedForLostAnswers() {
        assertThat(brokenByLostAnswers(() -> Bug.NONE, Blow.DROPPED_AFTER)).isEmpty();
        assertThat(brokenByLostAnswers(() -> Bug.NONE, Blow.DENIED)).isEmpty();
    }

    /** All that is broken where somebody does that, at one call after the other until the first change of a key. */
    private static List<String> brokenByDeeds(Scenario scenario, Supplier<Bug> bug, Deed deed) {
        List<Blow.Place> places = Story.of(scenario, Person.INSTALLS, Map.of()).places();
        List<String> broken = new ArrayList<>();
        for (int at = 0; places.get(at) != Blow.Place.AWS_WRITE; at++) {
            Schedule schedule = Schedule.of(Map.of(), Map.of(at, deed));
            broken.addAll(
                    Story.of(scenario, Person.INSTALLS, schedule, bug.get()).broken());
        }
        return broken;
    }

    @Test
    void aUserThatIsLookedAtOnce() {
        assertThat(brokenByDeeds(Scenario.ROTATION, () -> new Mutants.LooksOnce(false), Deed.REMAKE))
                .anyMatch(found -> found.contains("): 4: a user was changed at whom nobody had looked again"));
        assertThat(brokenByDeeds(Scenario.ROTATION, () -> new Mutants.LooksOnce(false), Deed.SPARE))
                .anyMatch(found -> found.contains("): 14: a key of a user was changed whom a tag spares"));
    }

    @Test
    void aUserKnownByNameAlone() {
        assertThat(brokenByDeeds(Scenario.ROTATION, () -> new Mutants.LooksOnce(true), Deed.REMAKE))
                .anyMatch(found -> found.contains("): 4: what was meant for a user is done to another one"));
    }

    @Test
    void aKeyNobodyNamed() {
        isCaught(Scenario.ONE_OF_TWO, new Mutants.SwitchesOffTheOther(), "5: a key was changed that no plan named");
    }

    @Test
    void aSecretInTheLog() {
        isCaught(Scenario.ROTATION, new Mutants.LogsSecrets(), "7: a secret was written outside of its sink");
    }

    private static List<String> brokenByLooking(Bug bug) {
        Life life = new Life(Scenario.ROTATION, Person.INSTALLS, Schedule.CALM, bug);
        while (!life.isOver()) {
            life.look();
            life.next();
        }
        return life.truth.broken();
    }

    @Test
    void aDryRunThatActs() {
        assertThat(brokenByLooking(new Mutants.ActsInDryRuns()))
                .anyMatch(found -> found.startsWith("10: a dry run changed or said something"));
        assertThat(brokenByLooking(Bug.NONE)).isEmpty();
    }

    @Test
    void aChangeForWhichNobodyGaveLeave() {
        assertThat(brokenByDeeds(Scenario.DEACTIVATE_ONLY, Mutants.NeverAsksForLeave::new, Deed.OVERSLEEP))
                .anyMatch(found -> found.contains("): 11: a change began while the account was not the worker's"));
        assertThat(brokenByDeeds(Scenario.DEACTIVATE_ONLY, Mutants.NeverAsksForLeave::new, Deed.STOP))
                .anyMatch(found -> found.contains("): 16: a change began after everything was stopped"));
    }

    @Test
    void aClockThatIsBelieved() {
        Schedule ahead = Schedule.drifting(Map.of(2, Drift.AHEAD));
        assertThat(Story.of(Scenario.DEACTIVATE_ONLY, Person.INSTALLS, ahead, new Mutants.BelievesItsClock())
                        .broken())
                .anyMatch(found -> found.contains("): 12: a step came on a day that one clock had not come to"));
    }

    @Test
    void aDayThatMovesEarlier() {
        isCaught(Scenario.BOARDED, new Mutants.NamesEarlierDays(), "12: an announced day moved earlier");
    }

    @Test
    void aRunThatGivesUpAtTheFirstFailure() {
        for (Scenario scenario : List.of(Scenario.FAILING_USER, Scenario.FAILING_ACCOUNT)) {
            isCaught(scenario, new Mutants.GivesUpAtTheFirst(), "18: what fails for others held up what was due");
        }
    }

    @Test
    void aKeyThatIsSaidToWorkAgain() {
        isCaught(
                Scenario.DEACTIVATE_ONLY,
                new Mutants.ClaimsToBringBack(),
                "20: a key that was switched off did not come back");
    }
}
