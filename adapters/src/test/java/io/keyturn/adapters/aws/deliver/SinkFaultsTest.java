package io.keyturn.adapters.aws.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSink.Address;
import io.keyturn.engine.port.SecretSink.Answer;
import io.keyturn.engine.port.SecretSink.Parcel;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Faults;
import io.keyturn.sandbox.fault.Operation;
import io.keyturn.sandbox.world.SimSecret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of a delivery fails once in every way: what the sink says is so, and what it left can be cleared. */
class SinkFaultsTest {
    private static final String SECRET = "canary/K7MDENG+bPxRfiCY";
    private static final Parcel NEW = Scene.parcel("NEW", SECRET);

    private final OneFault fault = new OneFault();
    private Scene scene;
    private SecretSink sink;

    /** Strikes the Nth call to the sink. */
    private static final class OneFault implements Faults {
        private final List<String> calls = new ArrayList<>();
        private int nth;
        private Fate fate = Fate.OK;

        void strike(int call, Fate with) {
            calls.clear();
            nth = call;
            fate = with;
        }

        @Override
        public synchronized Fate before(Operation operation) {
            if (operation.service().equals("secretsmanager")) {
                calls.add(operation.action());
                return calls.size() == nth ? fate : Fate.OK;
            }
            return Fate.OK;
        }
    }

    @BeforeEach
    void open() throws Exception {
        scene = new Scene(Scene.CREATOR, fault);
        sink = scene.sink(Scene.WEB);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.Kind.class,
            names = {"OK", "SLOW", "EMPTY_PAGE", "SHORT_PAGE"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatever_fails_the_answer_is_true_and_nothing_is_left_that_cannot_be_cleared(Fate.Kind kind) throws Exception {
        Fate fate = new Fate(kind, kind == Fate.Kind.LATE_LANDING ? LATER : Duration.ZERO);
        for (boolean proven : new boolean[] {true, false}) {
            int calls = calls(proven, "clean" + proven);
            assertThat(calls).isGreaterThan(8);
            for (int call = 1; call <= calls; call++) {
                Address user = Scene.address("user" + proven + call, null);
                if (kind == Fate.Kind.THROTTLED) {
                    // The pace that a throttled account settles at is another test's matter.
                    close();
                    open();
                }
                prepare(proven, user);
                fault.strike(call, fate);
                Answer answer = sink.deliver(user, NEW);
                check(user, answer, kind + " of call " + call + " of " + fault.calls);
            }
        }
    }

    private void prepare(boolean proven, Address user) throws Exception {
        fault.strike(0, Fate.OK);
        if (proven) {
            sink.prove(user);
        }
    }

    /** How many calls a delivery makes. */
    private int calls(boolean proven, String user) throws Exception {
        prepare(proven, Scene.address(user, null));
        fault.strike(0, Fate.OK);
        sink.deliver(Scene.address(user, null), NEW);
        return fault.calls.size();
    }

    private static final Duration LATER = Duration.ofMinutes(5);

    private void check(Address user, Answer answer, String schedule) throws Exception {
        fault.strike(0, Fate.OK);
        assertThat(Scene.why(answer)).as(schedule).doesNotContain(SECRET);
        switch (answer) {
            case Answer.Confirmed confirmed ->
                assertThat(labelled(user)).as(schedule).contains("AWSCURRENT");
            case Answer.Refused refused ->
                assertThat(labelled(user)).as(schedule).isEmpty();
            case Answer.InDoubt doubt -> {
                // either is true
            }
        }
        assertThat(Scene.why(sink.clear(user, NEW.key()))).as(schedule).isEqualTo("confirmed");
        assertThat(labelled(user)).as(schedule).isEmpty();
    }

    /** The labels on the user's new secret. */
    private List<String> labelled(Address user) {
        Optional<SimSecret> secret = scene.world.vault().all().stream()
                .filter(one -> one.name().endsWith("/" + user.name()))
                .findFirst();
        return secret.stream()
                .flatMap(one -> one.versions().values().stream())
                .filter(version -> version.value().contains(SECRET))
                .flatMap(version -> version.stages().stream())
                .toList();
    }

    @Test
    void a_value_that_lands_late_reaches_nobody_once_the_secret_is_cleared() throws Exception {
        int putting = putting();
        sink.prove(Scene.dora());
        fault.strike(putting, new Fate(Fate.Kind.LATE_LANDING, LATER));

        assertThat(Scene.why(sink.deliver(Scene.dora(), NEW)))
                .startsWith("in doubt: could not deliver the new secret of dora in account 111122223334: to write the"
                        + " value, no usable answer came from AWS");
        sink.clear(Scene.dora(), NEW.key());
        scene.server.clock().move(LATER);

        assertThat(Scene.why(sink.prove(Scene.dora()))).isEqualTo("confirmed");
        assertThat(labelled(Scene.dora())).isEmpty();
    }

    /** Which call of a delivery to a proven secret writes the value. */
    private int putting() throws Exception {
        calls(true, "other");
        return fault.calls.indexOf("PutSecretValue") + 1;
    }

    @Test
    void a_write_is_never_repeated() throws Exception {
        int putting = putting();
        sink.prove(Scene.dora());
        fault.strike(putting, Fate.of(Fate.Kind.DROPPED_AFTER));

        assertThat(Scene.why(sink.deliver(Scene.dora(), NEW))).isEqualTo("confirmed");
        assertThat(fault.calls).containsOnlyOnce("PutSecretValue");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fate.Kind.class,
            names = {
                "ACCESS_DENIED",
                "THROTTLED",
                "ERROR_BEFORE",
                "ERROR_AFTER",
                "DROPPED_BEFORE",
                "DROPPED_AFTER",
                "STALE"
            })
    void a_secret_said_to_be_cleared_is(Fate.Kind kind) throws Exception {
        calls(false, "clean");
        fault.strike(0, Fate.OK);
        sink.clear(Scene.address("clean", null), NEW.key());
        int calls = fault.calls.size();
        assertThat(calls).isGreaterThan(6);
        for (int call = 1; call <= calls; call++) {
            Address user = Scene.address("user" + call, null);
            fault.strike(0, Fate.OK);
            sink.deliver(user, NEW);
            fault.strike(call, Fate.of(kind));
            if (sink.clear(user, NEW.key()) instanceof Answer.Confirmed) {
                assertThat(labelled(user))
                        .as("%s of call %d of %s", kind, call, fault.calls)
                        .isEmpty();
            }
        }
    }
}
