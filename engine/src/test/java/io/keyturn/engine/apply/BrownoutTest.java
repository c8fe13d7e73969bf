package io.keyturn.engine.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.assess.Brownout;
import io.keyturn.core.model.KeyId;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.Verb;
import io.keyturn.engine.journal.AccountJournal;
import io.keyturn.engine.journal.AccountPast;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.Leave;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are switched off for a while before it is for good. */
class BrownoutTest {
    private final Scene scene = Scene.withBrownouts(Duration.ofMinutes(15), Duration.ofHours(4));

    @BeforeEach
    void announce() throws Exception {
        scene.announced();
        // What befalls the one key says enough.
        scene.live.remove(scene.live.get("bob").name());
        scene.live.put(FakeAccount.user("bob", "AIDABOB", scene.now));
    }

    private List<String> changes() throws Exception {
        return scene.apply(scene.plan().stream()
                .filter(action -> !action.step().speaksOnly())
                .toList());
    }

    private AccountPast past() throws Exception {
        AccountPast past = new AccountPast(Set.of());
        AccountJournal.open(scene.store, FakeAccount.ACCOUNT.id().value(), past);
        return past;
    }

    private void later(Duration time, String run) {
        scene.now = scene.now.plus(time);
        scene.run = run;
    }

    @Test
    void theyEndInTheFirstRunAfterTheirTimeAndTheLastSwitchingOffStays() throws Exception {
        assertThat(changes()).containsExactly("brownout ann: done");
        assertThat(scene.active("ann")).isFalse();
        assertThat(changes()).isEmpty();
        later(Duration.ofMinutes(15), "run-2");
        assertThat(changes()).containsExactly("reactivate ann: done");
        assertThat(scene.active("ann")).isTrue();
        later(Duration.ofHours(20), "run-3");
        assertThat(changes()).containsExactly("brownout ann: done");
        later(Duration.ofHours(4), "run-4");
        assertThat(changes()).containsExactly("reactivate ann: done");
        later(Duration.ofHours(20), "run-5");
        assertThat(changes()).containsExactly("deactivate ann: done");
        assertThat(past().brownouts(new KeyId(Scene.ANN_KEY))).isEmpty();
        assertThat(scene.active("ann")).isFalse();
    }

    @Test
    void theJournalSaysForHowLong() throws Exception {
        changes();

        assertThat(scene.journal())
                .anySatisfy(entry -> assertThat(entry).isInstanceOfSatisfying(Entry.Intent.class, intent -> {
                    assertThat(intent.verb()).isEqualTo(Verb.BROWNOUT);
                    assertThat(intent.lasting()).isEqualTo(Duration.ofMinutes(15));
                }));
        assertThat(past().concern(new UserId("AIDAANN"))).isTrue();
        assertThat(past().deactivated()).as("what undo finds").hasSize(1);
    }

    @Test
    void aPersonWhoTakesItBackIsAnnouncedEverythingAnew() throws Exception {
        changes();
        Tools tools = scene.tools(new Weather());
        new Undo(tools, new AccountSession(tools, scene.store, Set.of()))
                .undo(FakeAccount.ACCOUNT, scene.live, any -> true, (target, done, why) -> {});

        assertThat(scene.active("ann")).isTrue();
        assertThat(past().brownouts(new KeyId(Scene.ANN_KEY))).isEmpty();
        later(Duration.ofDays(1), "run-2");
        assertThat(changes()).isEmpty();
    }

    @Test
    void oneWhoseAnswerWasLostIsFoundAndEnded() throws Exception {
        scene.live.fates.add(FakeAccount.Fate.LOST_AFTER);
        assertThat(changes()).first().asString().startsWith("brownout ann: in doubt");

        later(Duration.ofMinutes(20), "run-2");
        assertThat(changes()).isEmpty();
        assertThat(past().brownouts(new KeyId(Scene.ANN_KEY)))
                .singleElement()
                .extracting(Brownout::seen)
                .isEqualTo(true);
        assertThat(changes()).containsExactly("reactivate ann: done");
    }

    @Test
    void oneThatNobodySawBeginIsEndedAllTheSame() throws Exception {
        scene.live.fates.add(FakeAccount.Fate.LOST_BEFORE);
        assertThat(changes()).first().asString().startsWith("brownout ann: in doubt");

        later(Duration.ofMinutes(20), "run-2");
        changes();
        // It takes effect only now, when a run has seen that it had not.
        scene.live.setActive(
                new Target(
                        FakeAccount.ACCOUNT.id(),
                        scene.live.get("ann").id(),
                        scene.live.get("ann").name(),
                        new KeyId(Scene.ANN_KEY)),
                false,
                Leave.GIVEN);
        assertThat(changes()).containsExactly("reactivate ann: done");
        assertThat(scene.active("ann")).isTrue();
        later(Duration.ofHours(20), "run-3");
        assertThat(scene.plan())
                .filteredOn(Action.Brownout.class::isInstance)
                .as("it counts for nothing")
                .extracting(action -> ((Action.Brownout) action).lasting())
                .containsExactly(Duration.ofMinutes(15));
    }

    @Test
    void nothingElseIsDoneToAKeyInTheMiddleOfOne() throws Exception {
        changes();
        scene.days(1);
        scene.run = "run-2";

        assertThat(scene.plan()).singleElement().isInstanceOf(Action.Reactivate.class);
    }
}
