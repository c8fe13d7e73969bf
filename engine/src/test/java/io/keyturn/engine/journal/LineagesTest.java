package io.keyturn.engine.journal;

import static io.keyturn.engine.journal.JournalSamples.KEY;
import static io.keyturn.engine.journal.JournalSamples.NEW_KEY;
import static io.keyturn.engine.journal.JournalSamples.NOON;
import static io.keyturn.engine.journal.JournalSamples.STAMP;
import static io.keyturn.engine.journal.JournalSamples.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Succession;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.model.UserName;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.Entry.Result;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which key was made for which, and what is left of its making. */
class LineagesTest {
    private static final KeyId THIRD = new KeyId("AKIAEXAMPLE000000003");
    private static final Target MADE = TARGET.of(NEW_KEY);
    private static final UserId BOB = new UserId("AIDABOB");
    private static final Target OF_BOB = new Target(TARGET.account(), BOB, new UserName("bob"), THIRD);

    private final AccountPast past = new AccountPast(Set.of());
    private int ids;

    private String intend(Verb verb, Target target) {
        String id = "i-" + ++ids;
        past.accept(new Entry.Intent(STAMP, id, verb, target, List.of(), "plan"));
        return id;
    }

    private void end(String run, String id, Verb verb, Target target, Result result, @Nullable KeyId made) {
        past.accept(new Entry.Outcome(
                new Entry.Stamp(NOON, run, "host/1"),
                id,
                verb,
                target,
                result,
                made,
                verb == Verb.DELIVER_SECRET && result == Result.DONE ? "vault/ann" : null,
                ""));
    }

    private void done(Verb verb, Target target, @Nullable KeyId made) {
        end("run-1", intend(verb, target), verb, target, Result.DONE, made);
    }

    @Test
    void aMadeKeySucceedsTheOldOneAndItsUserIsOfConcernUntilTheOldOneIsGone() {
        assertThat(past.concern(TARGET.user())).isFalse();
        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        done(Verb.DELIVER_SECRET, MADE, null);

        Succession succession =
                new Succession(KEY, NEW_KEY, STAMP.at(), new Succession.Delivery(STAMP.at(), "vault/ann"));
        assertThat(past.of(KEY)).isEqualTo(succession);
        assertThat(past.by(NEW_KEY)).isEqualTo(succession);
        assertThat(past.of(NEW_KEY)).isNull();
        assertThat(past.by(KEY)).isNull();
        assertThat(past.concern(TARGET.user())).isTrue();
        assertThat(past.concern(BOB)).isFalse();

        done(Verb.DELETE, TARGET, null);
        assertThat(past.of(KEY)).isNull();
        assertThat(past.by(NEW_KEY)).isEqualTo(succession);
        assertThat(past.concern(TARGET.user())).isFalse();
    }

    @Test
    void aMadeKeyThatNobodyHoldsIsOfConcernUntilItIsGoneThoughTheOldOneWentFirst() {
        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        done(Verb.DELETE, TARGET, null);
        assertThat(past.concern(TARGET.user())).isTrue();

        done(Verb.DELETE, MADE, null);
        assertThat(past.concern(TARGET.user())).isFalse();
    }

    @Test
    void aKeyThatWasTakenAwayAgainLeavesItsPlaceToTheNextOne() {
        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        done(Verb.DELETE, MADE, null);
        assertThat(past.of(KEY)).isNull();

        done(Verb.CREATE_KEY, TARGET, THIRD);
        assertThat(past.of(KEY)).extracting(Succession::successor).isEqualTo(THIRD);
        assertThat(past.concern(TARGET.user())).isTrue();
    }

    @Test
    void ofTwoMakingsTheLaterOneCounts() {
        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        done(Verb.CREATE_KEY, TARGET, THIRD);
        done(Verb.DELETE, MADE, null);

        assertThat(past.of(KEY)).extracting(Succession::successor).isEqualTo(THIRD);
    }

    @Test
    void aMakingThatNamesNoKeyMadeNone() {
        done(Verb.CREATE_KEY, TARGET, null);

        assertThat(past.of(KEY)).isNull();
        assertThat(past.concern(TARGET.user())).isFalse();
    }

    @Test
    void ofKeysThatKeyturnDidNotMakeNothingLiesInASink() {
        done(Verb.DELIVER_SECRET, OF_BOB, null);
        done(Verb.CLEAR_SECRET, OF_BOB, null);
        done(Verb.DELETE, OF_BOB, null);

        assertThat(past.left()).isEmpty();
        assertThat(past.by(THIRD)).isNull();
    }

    @Test
    void aSecretLiesInItsSinkFromTheFirstTryUntilItWasCleared() {
        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        assertThat(past.left()).isEmpty();

        String delivery = intend(Verb.DELIVER_SECRET, MADE);
        assertThat(past.left()).containsExactly(new Left(TARGET, NEW_KEY, null));

        end("run-1", delivery, Verb.DELIVER_SECRET, MADE, Result.DONE, null);
        assertThat(past.left()).containsExactly(new Left(TARGET, NEW_KEY, STAMP.at()));

        done(Verb.CLEAR_SECRET, MADE, null);
        assertThat(past.left()).isEmpty();
    }

    @Test
    void aKeyOfKeyturnThatNobodyHeldIsNotListedAsSwitchedOff() {
        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        done(Verb.DEACTIVATE, MADE, null);
        done(Verb.DEACTIVATE, OF_BOB, null);

        assertThat(past.deactivated())
                .extracting(outcome -> outcome.target().key())
                .containsExactly(THIRD);

        done(Verb.DELIVER_SECRET, MADE, null);
        assertThat(past.deactivated())
                .extracting(outcome -> outcome.target().key())
                .containsExactly(NEW_KEY, THIRD);
    }

    @Test
    void aMakingWhoseEndNobodySawHoldsItsUserForAnHourAndNobodyElse() {
        String id = intend(Verb.CREATE_KEY, TARGET);
        end("run-2", id, Verb.CREATE_KEY, TARGET, Result.FAILED, null);

        assertThat(past.doubtful()).hasSize(1);
        assertThat(past.holds(Pasts.credential(TARGET), NOON.plusSeconds(3599)))
                .extracting(hold -> hold.why())
                .containsExactly("a key may have been made that nobody has seen yet");
        assertThat(past.holds(Pasts.credential(TARGET), NOON.plusSeconds(3600))).isEmpty();
        assertThat(past.holds(Pasts.credential(OF_BOB), NOON)).isEmpty();

        done(Verb.CREATE_KEY, TARGET, NEW_KEY);
        assertThat(past.doubtful()).isEmpty();
    }

    @Test
    void aMakingThatWasRefusedInItsOwnRunLeavesNoDoubtAndSoDoesAnythingElse() {
        end("run-1", intend(Verb.CREATE_KEY, TARGET), Verb.CREATE_KEY, TARGET, Result.FAILED, null);
        end("run-2", intend(Verb.DEACTIVATE, TARGET), Verb.DEACTIVATE, TARGET, Result.FAILED, null);

        assertThat(past.doubtful()).isEmpty();
        assertThat(past.holds(Pasts.credential(TARGET), NOON)).isEmpty();
    }

    @Test
    void whatIsNotKnownToHaveEndedHoldsItsOwnUserAlone() {
        intend(Verb.DELETE, TARGET);

        assertThat(past.holds(Pasts.credential(TARGET), NOON)).hasSize(1);
        assertThat(past.holds(Pasts.credential(OF_BOB), NOON)).isEmpty();
    }
}
