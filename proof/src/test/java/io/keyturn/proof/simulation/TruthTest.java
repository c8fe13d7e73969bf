package io.keyturn.proof.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.sandbox.world.AccessKeys;
import io.keyturn.sandbox.world.SimKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge is judged: each promise is broken once on purpose, and the breach is found. */
@Tag("simulation")
class TruthTest {
    private final Life life = new Life(Scenario.ROTATION, Person.INSTALLS, Map.of());
    private final AccessKeys access = new AccessKeys(life.world);

    private SimKey key() {
        return life.keys().getFirst();
    }

    private List<String> broken() {
        life.truth.observe();
        return life.truth.broken();
    }

    private void switchOff(SimKey key) {
        access.update(life.account(), Life.ANN, key.id(), false, life.clock.instant());
    }

    private void delete(SimKey key) {
        access.delete(life.account(), Life.ANN, key.id(), life.clock.instant());
    }

    @Test
    void calmLivesEndAsTheyShould() {
        Story installed = Story.of(Person.INSTALLS, Map.of());
        assertThat(installed.broken()).isEmpty();
        assertThat(installed.life().keys()).hasSize(1).allMatch(SimKey::active);
        assertThat(installed.life().inUse())
                .containsExactly(installed.life().keys().getFirst().id());
        assertThat(Story.of(Person.IGNORES, Map.of()).life().keys()).hasSize(2).allMatch(SimKey::active);
        assertThat(Story.of(Person.DELETES_SUCCESSOR, Map.of()).life().keys()).hasSize(1);
    }

    @Test
    void theOnlyKeySwitchedOffIsALockOutBeforeProofIntentAndNotice() {
        switchOff(key());
        assertThat(broken())
                .anyMatch(found -> found.startsWith("1: no key is left"))
                .anyMatch(found -> found.startsWith("2: a key in use"))
                .anyMatch(found -> found.startsWith("13: a step came without its notice"))
                .anyMatch(found -> found.startsWith("15: no intent"));
    }

    @Test
    void aWorkingKeyDeletedIsFound() {
        delete(key());
        assertThat(broken()).anyMatch(found -> found.startsWith("3: a key that worked was deleted"));
    }

    @Test
    void aCoolDownCutShortIsFound() {
        life.truth.byPeople(() -> switchOff(key()));
        life.clock.move(Duration.ofDays(2));
        delete(key());
        assertThat(broken()).anyMatch(found -> found.startsWith("3: a key was deleted before its cool-down"));
    }

    @Test
    void aKeyMadeWithoutIntentIsFoundAndOneThatNobodyHoldsAtTheEnd() {
        access.create(life.account(), Life.ANN, life.clock.instant());
        life.truth.observe();
        life.truth.end();
        assertThat(broken())
                .anyMatch(found -> found.startsWith("6: a key was made without an intent"))
                .anyMatch(found -> found.startsWith("17: a key that nobody holds"));
    }

    @Test
    void aSecretInTheOpenIsFound() {
        life.shown.add("the new key is " + key().secret());
        life.truth.end();
        assertThat(broken()).anyMatch(found -> found.startsWith("7: a secret was written"));
    }

    @Test
    void aKeySwitchedOnByNobodyIsFound() {
        life.truth.byPeople(() -> switchOff(key()));
        access.update(life.account(), Life.ANN, key().id(), true, life.clock.instant());
        assertThat(broken()).anyMatch(found -> found.startsWith("a key was switched on without an undo"));
    }

    @Test
    void theSameSaidTwiceInAWeekWithoutAFaultIsFound() {
        Life told = Story.of(Person.IGNORES, Map.of()).life();
        assertThat(told.truth.broken()).isEmpty();
        told.letters.arrived.add(told.letters.arrived.getLast());
        told.truth.end();
        assertThat(told.truth.broken()).anyMatch(found -> found.startsWith("19: the same was said more than 1 times"));
    }

    @Test
    void whatPeopleDoIsTheirs() {
        life.truth.byPeople(() -> delete(key()));
        assertThat(broken()).isEmpty();
    }
}
