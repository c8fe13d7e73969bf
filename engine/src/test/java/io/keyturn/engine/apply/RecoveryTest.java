package io.keyturn.engine.apply;

import static io.keyturn.engine.apply.FakeAccount.ACCOUNT;
import static io.keyturn.engine.apply.FakeAccount.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.User;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An act of an earlier run on ann's key, of which nobody saw the end. */
class RecoveryTest {
    private static final KeyId KEY = new KeyId(Scene.ANN_KEY);

    private final Scene scene = new Scene();
    private final Instant begun = scene.now;

    /** Ann as AWS shows her now. */
    private void shown(String how) {
        switch (how) {
            case "active" -> scene.live.put(user("ann", "AIDAANN", begun, key(KEY, true)));
            case "inactive" -> scene.live.put(user("ann", "AIDAANN", begun, key(KEY, false)));
            case "without it" -> scene.live.put(user("ann", "AIDAANN", begun));
            case "nameless" -> scene.live.put(user("ann", "AIDAANN", begun, key(null, false)));
            case "another user" -> scene.live.put(user("ann", "AIDAOTHER", begun, key(KEY, false)));
            case "no user" -> scene.live.remove(scene.live.get("ann").name());
            default -> throw new IllegalArgumentException(how);
        }
    }

    private AccessKey key(@Nullable KeyId id, boolean active) {
        return new AccessKey(null, id, active, begun.minus(Duration.ofDays(9)), LastUse.NEVER_USED, begun);
    }

    private List<String> recover(Verb verb, Instant at) throws Exception {
        User ann = scene.live.all().getFirst();
        Target target = new Target(ACCOUNT.id(), ann.id(), ann.name(), KEY);
        AccountJournal.open(scene.store, ACCOUNT.id().value(), entry -> {})
                .record(List.of(new Entry.Intent(
                        new Entry.Stamp(at, "run-0", "worker"), "lost", verb, target, List.of(KEY), null)));
        return scene.apply(List.of());
    }

    private String found() throws Exception {
        return scene.journal().getLast() instanceof Entry.Outcome outcome
                ? outcome.result() + " " + outcome.why()
                : "nothing";
    }

    @ParameterizedTest
    @CsvSource({
        "DEACTIVATE, inactive, true",
        "DEACTIVATE, active, false",
        "DEACTIVATE, without it, false",
        "DEACTIVATE, nameless, false",
        "BROWNOUT, inactive, true",
        "BROWNOUT, active, false",
        "REACTIVATE, active, true",
        "REACTIVATE, inactive, false",
        "REACTIVATE, without it, false",
        "DELETE, without it, true",
        "DELETE, active, false"
    })
    void whatCameOfAChangeIsSeenByTheKeyAsItIs(Verb verb, String how, boolean done) throws Exception {
        scene.days(1);
        assertThat(recoverShown(verb, how)).isEmpty();

        assertThat(found()).isEqualTo(done ? "DONE found done by a later run" : "FAILED found not done by a later run");
    }

    private List<String> recoverShown(Verb verb, String how) throws Exception {
        // The intent names the user who was there when it was written.
        scene.live.beforeRead = () -> shown(how);
        return recover(verb, begun);
    }

    @ParameterizedTest
    @CsvSource({"DEACTIVATE, another user", "DELETE, no user", "CREATE_KEY, no user", "CREATE_KEY, another user"})
    void aUserWhoIsGoneTookTheKeysAlong(Verb verb, String how) throws Exception {
        scene.days(1);

        assertThat(recoverShown(verb, how)).isEmpty();
        assertThat(found()).isEqualTo("SKIPPED the user is gone");
    }

    @ParameterizedTest
    @EnumSource(names = {"DEACTIVATE", "CREATE_KEY", "DELIVER_SECRET"})
    void keysThatCannotBeReadWholeLeaveItInDoubt(Verb verb) throws Exception {
        scene.days(1);
        scene.live.put(scene.live.get("ann").withKeys(Fact.unknown("denied")));

        assertThat(recover(verb, begun))
                .containsExactly("it is still not known what came of the " + verb.label() + " of ann begun at " + begun
                        + ": the keys of the user could not be read whole");
        assertThat(found()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "REMIND, the run ended before the carrier had answered",
        "CLOSE_NOTICE, the run ended before the carrier had answered",
        "OPEN_TICKET, the run ended before the carrier had answered",
        "CLOSE_TICKET, the run ended before the carrier had answered",
        "CLEAR_SECRET, the run ended before the sink had answered",
        "FREEZE, it is a person's to decide",
        "THAW, it is a person's to decide"
    })
    void whatCannotBeSeenAtTheKeyCountsAsNotDone(Verb verb, String why) throws Exception {
        scene.days(1);

        assertThat(recover(verb, begun)).isEmpty();
        assertThat(found()).isEqualTo("FAILED " + why);
        assertThat(scene.live.calls).isEmpty();
    }

    private List<String> recoverDelivery(LastUse use, boolean active) throws Exception {
        scene.days(1);
        AccessKey key = new AccessKey(null, KEY, active, begun.minus(Duration.ofDays(9)), use, begun);
        scene.live.beforeRead = () -> scene.live.put(user("ann", "AIDAANN", begun, key));
        return recover(Verb.DELIVER_SECRET, begun);
    }

    @Test
    void aSecretThatSomebodyWorksWithWasDelivered() throws Exception {
        assertThat(recoverDelivery(new LastUse.Used(begun.plusSeconds(5), "sts", "us-east-1"), true))
                .isEmpty();
        assertThat(found()).isEqualTo("DONE found in use by a later run");
        assertThat(((Entry.Outcome) scene.journal().getLast()).place()).isEqualTo("its sink");
    }

    @Test
    void aSecretThatNobodyWorksWithCountsAsNotDelivered() throws Exception {
        assertThat(recoverDelivery(LastUse.NEVER_USED, true)).isEmpty();
        assertThat(found()).isEqualTo("FAILED the run ended before the delivery was confirmed");
    }

    @Test
    void aKeyThatIsSwitchedOffNeedsNoSecret() throws Exception {
        assertThat(recoverDelivery(new LastUse.Used(begun, "s3", "us-east-1"), false))
                .isEmpty();
        assertThat(found()).isEqualTo("FAILED the run ended before the delivery was confirmed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"without it", "another user", "no user"})
    void ofAKeyThatIsGoneNothingWasDelivered(String how) throws Exception {
        scene.days(1);
        assertThat(recoverShown(Verb.DELIVER_SECRET, how)).isEmpty();
        assertThat(found()).isEqualTo("FAILED the run ended before the delivery was confirmed");
    }

    @Test
    void theKeyOfAUserWhoIsMadeAnewSaysNothingOfTheDelivery() throws Exception {
        scene.days(1);
        AccessKey used = new AccessKey(null, KEY, true, begun, new LastUse.Used(begun, "s3", "us-east-1"), begun);
        scene.live.beforeRead = () -> scene.live.put(user("ann", "AIDAOTHER", begun, used));

        assertThat(recover(Verb.DELIVER_SECRET, begun)).isEmpty();
        assertThat(found()).isEqualTo("FAILED the run ended before the delivery was confirmed");
    }

    @Test
    void whetherSomebodyWorksWithASecretMustBeKnown() throws Exception {
        assertThat(recoverDelivery(new LastUse.Unknown("throttled"), true))
                .singleElement()
                .asString()
                .startsWith("it is still not known what came of the deliver-secret of ann");
        assertThat(found()).isEqualTo("nothing");
    }

    @ParameterizedTest
    @EnumSource(names = {"DEACTIVATE", "OPEN_TICKET", "DELIVER_SECRET"})
    void whatIsSeenLateIsLookedForOnceItHadItsTimeAndNoLater(Verb verb) throws Exception {
        scene.now = begun.plusSeconds(10);
        recover(verb, begun);
        assertThat(scene.pauses).containsExactly(Recovery.SETTLED.minusSeconds(10));
    }

    @Test
    void aClockThatWasSetBackWaitsTheWholeTimeAndNoLonger() throws Exception {
        recover(Verb.DEACTIVATE, begun.plus(Duration.ofDays(1)));
        assertThat(scene.pauses).containsExactly(Recovery.SETTLED);
    }

    @ParameterizedTest
    @EnumSource(names = {"REMIND", "CLOSE_NOTICE", "CLEAR_SECRET"})
    void whatIsNotLookedForIsNotWaitedFor(Verb verb) throws Exception {
        recover(verb, begun);
        assertThat(scene.pauses).isEmpty();
    }

    @Test
    void whatIsOldEnoughIsNotWaitedFor() throws Exception {
        scene.now = begun.plus(Recovery.SETTLED);
        recover(Verb.DEACTIVATE, begun);
        assertThat(scene.pauses).isEmpty();
    }

    /** A making that a later run did not find done. */
    private void givenUp() throws Exception {
        scene.days(1);
        recover(Verb.CREATE_KEY, begun);
        assertThat(found()).isEqualTo("FAILED found not done by a later run");
    }

    private AccessKey late() {
        return new AccessKey(
                null, new KeyId("AKIAEXAMPLE00000LATE"), true, begun.plusSeconds(60), LastUse.NEVER_USED, scene.now);
    }

    @Test
    void aKeyThatAMakingBroughtForthAfterAllIsFoundWithinAWeekAndNotLater() throws Exception {
        givenUp();
        scene.now = begun.plus(Recovery.LATEST);
        scene.live.put(user("ann", "AIDAANN", begun, key(KEY, true), late()));
        scene.apply(List.of());
        assertThat(found()).isEqualTo("DONE found made by a later run; its secret is lost");

        RecoveryTest later = new RecoveryTest();
        later.givenUp();
        later.scene.now = begun.plus(Recovery.LATEST).plusMillis(1);
        later.scene.live.put(user("ann", "AIDAANN", begun, key(KEY, true), late()));
        later.scene.live.calls.clear();
        later.scene.apply(List.of());
        assertThat(later.scene.live.calls).isEmpty();
    }

    @Test
    void whileTheUserCannotBeReadALateKeyIsLookedForStill() throws Exception {
        givenUp();
        scene.live.unreadable = true;

        assertThat(scene.apply(List.of()))
                .containsExactly("it is still not known what came of the create-key of ann begun at " + begun
                        + ": could not read the user of ann: AWS throttled every attempt; run again");
    }

    @Test
    void aKeyThatDoesNotFitIsNotTakenForTheLateOne() throws Exception {
        givenUp();
        int before = scene.journal().size();
        scene.live.put(user(
                "ann",
                "AIDAANN",
                begun,
                key(KEY, true),
                new AccessKey(
                        null,
                        new KeyId("AKIAEXAMPLE00000LATE"),
                        true,
                        begun.plusSeconds(60),
                        new LastUse.Used(scene.now, "s3", "eu-west-1"),
                        scene.now)));
        scene.apply(List.of());
        assertThat(scene.journal()).hasSize(before);
    }
}
