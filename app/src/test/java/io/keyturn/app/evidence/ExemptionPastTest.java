package io.keyturn.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyturn.core.policy.ArnPattern;
import io.keyturn.core.policy.Exemption;
import io.keyturn.engine.catalog.SeenGround;
import io.keyturn.engine.catalog.SeenGround.Exempted;
import io.keyturn.engine.catalog.SeenRun;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExemptionPastTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T06:00:00Z");
    private static final Exempted ANN = exempted("arn:aws:iam::*:user/ann");
    private static final Exempted BOB = exempted("arn:aws:iam::*:user/bob");

    private static Exempted exempted(String user) {
        return new Exempted(user, "security", "no other way", LocalDate.parse("2026-12-31"));
    }

    private static SeenRun run(int day, @Nullable SeenGround ground) {
        Instant began = day(day);
        return new SeenRun("run-" + day, "run", began, began, true, 1, 1, 0, "", 0, Map.of(), "", null, ground);
    }

    private static SeenGround ground(Exempted... exemptions) {
        return new SeenGround("c", "p", List.of(exemptions));
    }

    private static Instant day(int day) {
        return FIRST.plusSeconds(86_400L * day);
    }

    @Test
    void an_exemption_holds_from_the_first_run_that_saw_it_to_the_first_that_did_not() {
        List<ExemptionPast> past = ExemptionPast.of(
                List.of(
                        run(0, null),
                        run(1, ground(ANN)),
                        run(2, ground(ANN, BOB)),
                        run(3, null),
                        run(4, ground(BOB)),
                        run(5, ground(ANN, BOB))),
                List.of(new Exemption(new ArnPattern(ANN.user()), ANN.owner(), ANN.reason(), ANN.until())));

        assertThat(past)
                .extracting(ExemptionPast::exemption, ExemptionPast::from, ExemptionPast::ended)
                .containsExactly(tuple(ANN, day(1), day(4)), tuple(ANN, day(5), null), tuple(BOB, day(2), null));
        assertThat(past.getFirst().until()).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void one_of_now_that_no_run_saw_is_there_without_a_beginning() {
        assertThat(ExemptionPast.of(
                        List.of(run(1, null)),
                        List.of(new Exemption(new ArnPattern(BOB.user()), BOB.owner(), BOB.reason(), BOB.until()))))
                .containsExactly(new ExemptionPast(BOB, null, null));
    }
}
