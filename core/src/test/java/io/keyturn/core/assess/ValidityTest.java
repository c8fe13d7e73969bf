package io.keyturn.core.assess;

import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.days;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.policy;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.Condition;
import io.keyturn.core.policy.Limit;
import io.keyturn.core.policy.Rules;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A limit changes what is found of a key also where no step hangs on it. */
class ValidityTest {
    private static final Limit SILENT = new Limit(days(75), days(90), List.of(), List.of());
    private static final @Nullable Limit NONE = null;

    private static Instant until(Rules rules, boolean goesOn, int age, int unused) {
        Finding finding = new Assessor(rules)
                .assess(snapshot(user("ann", key(1, age, used(unused)))), NOW)
                .getFirst();
        assertThat(finding.deadlines()).isEmpty();
        return new Validity(rules).until(finding, goesOn, NOW);
    }

    @Test
    void a_finding_holds_until_its_age_reaches_a_limit() {
        Rules rules = rules(policy("people", Condition.ALWAYS, SILENT, NONE));
        assertThat(until(rules, true, 70, 1)).isEqualTo(NOW.plus(days(5)));
        assertThat(until(rules, true, 80, 1)).isEqualTo(NOW.plus(days(10)));
        assertThat(until(rules, true, 95, 1)).isEqualTo(Instant.MAX);
    }

    @Test
    void a_finding_holds_until_its_disuse_reaches_a_limit_unless_it_goes_on_being_used() {
        Rules rules = rules(policy("people", Condition.ALWAYS, NONE, SILENT));
        assertThat(until(rules, false, 100, 70)).isEqualTo(NOW.plus(days(5)));
        assertThat(until(rules, false, 100, 95)).isEqualTo(Instant.MAX);
        assertThat(until(rules, true, 100, 70)).isEqualTo(Instant.MAX);
    }
}
