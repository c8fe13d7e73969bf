package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.KEY;
import static io.keyturn.engine.journal.JournalSamples.NEW_KEY;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.STAMP;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.OpenNotice;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.journal.Entry.Result;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whose readers are to hear that a key needs nobody any more. */
class OpenNoticesTest {
    private final AccountPast past = new AccountPast(Set.of());

    private Entry.Notice hear(String id, KeyId key, Placement placement, Entry.@Nullable Closing closing) {
        Entry.Notice notice = new Entry.Notice(
                STAMP, id, TARGET.of(key), Step.DEACTIVATE, NOON, "slack", "ann", placement, "thread", closing);
        past.accept(notice);
        return notice;
    }

    private static Entry.Closing of(int keys, boolean onlyIfWithdrawn) {
        return new Entry.Closing(keys, onlyIfWithdrawn);
    }

    private void outcome(String run, Verb verb, Result result, boolean intended) {
        if (intended) {
            past.accept(new Entry.Intent(STAMP, "i", verb, TARGET, List.of(), "plan"));
        }
        past.accept(new Entry.Outcome(
                new Entry.Stamp(NOON.plusSeconds(1), run, "host/1"), "i", verb, TARGET, result, null, null, ""));
    }

    @ParameterizedTest
    @EnumSource(names = {"HANDED_OVER", "PLACED", "SEEN"})
    void aMessageThatArrivedIsOpenOnceHoweverOftenItIsHeardOf(Placement placement) {
        Entry.Notice first = hear("n", KEY, Placement.HANDED_OVER, of(1, false));
        hear("n", KEY, placement, of(1, false));

        assertThat(past.openNotices(KEY)).containsExactly(first);
        assertThat(past.openNotices(NEW_KEY)).isEmpty();
        assertThat(past.notices()).containsExactly(new OpenNotice(TARGET, Step.DEACTIVATE, NOON, false));
    }

    @Test
    void aMessageThatNobodyGotOrOfWhichNoEndIsToldIsNotOpen() {
        hear("doubtful", KEY, Placement.DOUBTFUL, of(1, false));
        hear("of no end", KEY, Placement.PLACED, null);
        assertThat(past.notices()).isEmpty();

        hear("back", KEY, Placement.HANDED_OVER, of(1, false));
        hear("stays", KEY, Placement.HANDED_OVER, of(1, false));
        hear("back", KEY, Placement.FAILED, of(1, false));
        assertThat(past.openNotices(KEY)).extracting(Entry.Notice::id).containsExactly("stays");
        hear("stays", KEY, Placement.FAILED, of(1, false));
        assertThat(past.notices()).isEmpty();
    }

    @Test
    void keysOfWhomSomebodyWasToldMustBeKnownAndThoseOfOthersNeedNot() {
        hear("n", KEY, Placement.PLACED, of(1, false));
        assertThat(past.concern(TARGET.user())).isTrue();
        assertThat(past.concern(new UserId("AIDAOTHER"))).isFalse();
    }

    @Test
    void anEndThatWasToldOrMayHaveBeenIsNotToldAgain() {
        Entry.Notice notice = hear("n", KEY, Placement.PLACED, of(1, false));
        outcome("run-1", Verb.CLOSE_NOTICE, Result.FAILED, true);
        assertThat(past.openNotices(KEY)).containsExactly(notice);

        outcome("run-2", Verb.CLOSE_NOTICE, Result.FAILED, true);
        assertThat(past.openNotices(KEY)).isEmpty();

        hear("m", KEY, Placement.PLACED, of(1, false));
        outcome("run-1", Verb.CLOSE_NOTICE, Result.SKIPPED, true);
        assertThat(past.openNotices(KEY)).hasSize(1);
        outcome("run-1", Verb.CLOSE_NOTICE, Result.FAILED, false);
        assertThat(past.openNotices(KEY)).isEmpty();
    }

    @Test
    void afterAnEndTheNextMessageBeginsAThreadOfItsOwn() {
        hear("n", KEY, Placement.PLACED, of(1, false));
        assertThat(past.thread(Pasts.credential(TARGET), "slack", "ann")).isEqualTo("thread");

        outcome("run-1", Verb.CLOSE_NOTICE, Result.DONE, true);
        assertThat(past.thread(Pasts.credential(TARGET), "slack", "ann")).isNull();

        past.accept(new Entry.Notice(
                new Entry.Stamp(NOON.plusSeconds(2), "run-1", "host/1"),
                "later",
                TARGET,
                Step.DEACTIVATE,
                NOON,
                "slack",
                "ann",
                Placement.PLACED,
                "next",
                null));
        assertThat(past.thread(Pasts.credential(TARGET), "slack", "ann")).isEqualTo("next");
    }

    @Test
    void whatWasAnnouncedAndCameLeavesOnlyTheMessagesWhoseEndIsToldAllTheSame() {
        hear("withdrawn", KEY, Placement.PLACED, of(1, true));
        assertThat(past.notices()).extracting(OpenNotice::onlyIfWithdrawn).containsExactly(true);
        hear("always", KEY, Placement.PLACED, of(1, false));
        assertThat(past.notices()).extracting(OpenNotice::onlyIfWithdrawn).containsExactly(false);

        outcome("run-1", Verb.DEACTIVATE, Result.FAILED, true);
        outcome("run-1", Verb.REMIND, Result.DONE, true);
        assertThat(past.openNotices(KEY)).hasSize(2);
        outcome("run-1", Verb.DEACTIVATE, Result.DONE, true);
        assertThat(past.openNotices(KEY)).extracting(Entry.Notice::id).containsExactly("always");
    }

    @Test
    void whereNothingElseWasSaidWhatCameLeavesNothingOpen() {
        hear("withdrawn", KEY, Placement.PLACED, of(1, true));
        outcome("run-1", Verb.DEACTIVATE, Result.DONE, true);

        assertThat(past.notices()).isEmpty();
    }

    @Test
    void aMessageIsWholeWhereNoOtherKeyOfItWaitsAndNoneIsOfAnotherAccount() {
        Entry.Notice one = hear("n-1", KEY, Placement.PLACED, of(2, false));
        assertThat(past.isWhole(one, Set.of(KEY))).isFalse();

        hear("n-2", NEW_KEY, Placement.PLACED, of(2, false));
        assertThat(past.isWhole(one, Set.of(KEY))).isFalse();
        assertThat(past.isWhole(one, Set.of(KEY, NEW_KEY))).isTrue();
        assertThat(past.isWhole(one, Set.of())).isFalse();
    }
}
