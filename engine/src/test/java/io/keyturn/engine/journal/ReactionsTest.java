package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.KEY;
import static io.keyturn.engine.journal.JournalSamples.NEW_KEY;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static io.keyturn.engine.journal.JournalSamples.notice;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.forecast.Reaction;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry.Decision.Kind;
import io.keyturn.engine.journal.Entry.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an owner is told on day 0, and what comes of it. */
class ReactionsTest {
    private final Reactions reactions = new Reactions();

    private static Instant day(int day) {
        return NOON.plus(Duration.ofDays(day));
    }

    private static Entry.Stamp stamp(int day) {
        return new Entry.Stamp(day(day), "run", "worker");
    }

    private void told(int day, Placement placement) {
        Entry.Notice base = notice("n-" + day, NOON, placement);
        reactions.accept(new Entry.Notice(
                stamp(day), base.id(), TARGET, base.step(), base.due(), "email", "ann@example.com", placement, null));
    }

    private void outcome(int day, Verb verb, Result result, KeyId key, @Nullable KeyId made) {
        reactions.accept(new Entry.Outcome(
                stamp(day), "i", verb, TARGET.of(key), result, made, made == null ? null : "sink", ""));
    }

    private void done(int day, Verb verb) {
        outcome(day, verb, Result.DONE, KEY, null);
    }

    private List<Reaction> on(int day) {
        return reactions.at(day(day));
    }

    private static Reaction took(int days) {
        return new Reaction(TARGET.user(), Duration.ofDays(days));
    }

    private static final Reaction NEVER = new Reaction(TARGET.user(), null);

    @Test
    void aWordThatIsTakenBackBeforeTheKeyWasChangedWasHeeded() {
        told(0, Placement.PLACED);
        told(3, Placement.PLACED);
        outcome(4, Verb.CLOSE_NOTICE, Result.FAILED, KEY, null);
        done(5, Verb.REMIND);
        done(6, Verb.CLOSE_NOTICE);
        done(7, Verb.CLOSE_TICKET);

        assertThat(on(90)).containsExactly(took(6));
    }

    @Test
    void whatNeverArrivedWasNoWord() {
        told(0, Placement.FAILED);
        done(6, Verb.CLOSE_NOTICE);

        assertThat(on(90)).isEmpty();
    }

    @Test
    void whoLetsAKeyBeSwitchedOffDidNothingAndWhatIsSaidOfItLaterAsksForNothing() {
        told(0, Placement.PLACED);
        done(30, Verb.DEACTIVATE);
        told(31, Placement.PLACED);
        done(105, Verb.DELETE);

        assertThat(on(200)).containsExactly(NEVER);
    }

    @Test
    void silenceIsNoAnswerOnlyAfterAMonth() {
        told(0, Placement.HANDED_OVER);

        assertThat(on(30)).isEmpty();
        assertThat(on(31)).containsExactly(NEVER);
    }

    @Test
    void ofANewKeyTheTimeRunsFromTheWordAboutIt() {
        told(0, Placement.PLACED);
        outcome(30, Verb.CREATE_KEY, Result.DONE, KEY, NEW_KEY);
        outcome(30, Verb.DELIVER_SECRET, Result.DONE, NEW_KEY, null);
        told(31, Placement.PLACED);
        reactions.accept(new Entry.Decision(
                stamp(35), "d", Kind.INSTALLED, new Scope.OfTarget(TARGET), "ann (owner's link)", "done", null, null));
        done(60, Verb.DEACTIVATE);

        assertThat(on(90)).containsExactly(took(4));
    }

    @Test
    void aKeyThatEndsAsItsSuccessorIsInUseTellsOfNoTime() {
        told(0, Placement.PLACED);
        outcome(30, Verb.CREATE_KEY, Result.DONE, KEY, NEW_KEY);
        outcome(30, Verb.DELIVER_SECRET, Result.DONE, NEW_KEY, null);
        told(31, Placement.PLACED);
        done(60, Verb.DEACTIVATE);

        assertThat(on(200)).isEmpty();
    }

    private void decided(int day, Kind kind, Scope scope) {
        reactions.accept(new Entry.Decision(stamp(day), "d", kind, scope, "ann", "done", null, null));
    }

    @Test
    void onlyThatTheNewKeyIsInstalledIsAReaction() {
        told(0, Placement.PLACED);
        reactions.accept(JournalSamples.intent("i"));
        decided(1, Kind.SNOOZE, new Scope.OfTarget(TARGET));
        decided(2, Kind.INSTALLED, new Scope.OfTarget(TARGET.of(null)));
        decided(3, Kind.INSTALLED, new Scope.OfAccount(TARGET.account()));
        decided(4, Kind.INSTALLED, new Scope.OfTarget(TARGET.of(NEW_KEY)));
        assertThat(on(30)).isEmpty();

        decided(5, Kind.INSTALLED, new Scope.OfTarget(TARGET));
        decided(6, Kind.INSTALLED, new Scope.OfTarget(TARGET));
        assertThat(on(90)).containsExactly(took(5));
    }

    @Test
    void whatIsOfNoKeyOrMadeNoneIsNeitherAWordNorAnEnd() {
        Entry.Notice base = notice("n", NOON, Placement.PLACED);
        reactions.accept(new Entry.Notice(
                stamp(0), base.id(), TARGET.of(null), base.step(), base.due(), "email", "ann", Placement.PLACED, null));
        reactions.accept(
                new Entry.Outcome(stamp(1), "i", Verb.DEACTIVATE, TARGET.of(null), Result.DONE, null, null, ""));
        assertThat(on(90)).isEmpty();

        told(0, Placement.PLACED);
        outcome(1, Verb.CREATE_KEY, Result.DONE, KEY, null);
        outcome(2, Verb.DELIVER_SECRET, Result.DONE, NEW_KEY, null);
        outcome(3, Verb.CREATE_KEY, Result.FAILED, KEY, NEW_KEY);
        done(4, Verb.REACTIVATE);
        assertThat(on(90)).containsExactly(NEVER);
    }

    @Test
    void aWordThatIsYoungerThanItsAnswerByTheClockTellsNothing() {
        told(9, Placement.PLACED);
        done(8, Verb.CLOSE_NOTICE);

        assertThat(on(90)).isEmpty();
    }
}
