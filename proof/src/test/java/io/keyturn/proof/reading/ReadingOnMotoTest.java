package io.keyturn.proof.reading;

import io.keyturn.proof.moto.AgedMoto;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The suite on moto, whose code is as its authors wrote it; only the dates of its keys are set from outside. */
class ReadingOnMotoTest extends ReadingSuite {
    private static AgedMoto moto;

    @BeforeAll
    static void start() throws IOException {
        moto = AgedMoto.start(
                HOUSEHOLD.people().stream().map(ReadingOnMotoTest::person).toArray(AgedMoto.Person[]::new));
    }

    private static AgedMoto.Person person(Household.Person person) {
        return new AgedMoto.Person(
                person.name(),
                person.path(),
                person.tags(),
                person.keys().stream().map(ReadingOnMotoTest::key).toList());
    }

    private static Map<String, Object> key(Household.Key key) {
        return key.used() == null
                ? AgedMoto.key(key.created(), key.active())
                : AgedMoto.used(key.created(), key.active(), key.used());
    }

    @AfterAll
    static void stop() {
        moto.close();
    }

    @Override
    Map<String, String> environment() {
        return moto.environment();
    }
}
