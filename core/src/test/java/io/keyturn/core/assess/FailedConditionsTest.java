package io.keyturn.core.assess;

import static io.keyturn.core.Samples.AGE;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.key;
import static io.keyturn.core.Samples.known;
import static io.keyturn.core.Samples.policy;
import static io.keyturn.core.Samples.rules;
import static io.keyturn.core.Samples.snapshot;
import static io.keyturn.core.Samples.tagged;
import static io.keyturn.core.Samples.used;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.RootKeys;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.model.User;
import io.keyturn.core.policy.CelCondition;
import io.keyturn.core.policy.ConditionProblem;
import io.keyturn.core.policy.Rules;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FailedConditionsTest {
    private static final String WHY = "it fails at character 10, there is no \"team\" (of a tag that may be absent, ask"
            + " tag(\"team\"), which is \"\" then)";

    private final Rules rules;

    FailedConditionsTest() throws ConditionProblem {
        rules = rules(policy("team", CelCondition.compile("user.tags['team'] == 'a'"), AGE, null));
    }

    private List<Finding> found(User... users) {
        return new Assessor(rules).assess(snapshot(known(RootKeys.NONE), List.of(users)), NOW);
    }

    @Test
    void eachUserIsCountedOnceAndAFewAreNamed() {
        assertThat(FailedConditions.among(found(user("ann", key(1, 5, used(1)), key(2, 5, used(1))))))
                .contains("the condition of policy team could not be decided for 1 user (ann), so nothing is known to"
                        + " govern their keys: " + WHY);
        User[] many = Stream.of("dan", "cy", "bob", "ann")
                .map(name -> user(name, key(1, 5, used(1))))
                .toArray(User[]::new);
        assertThat(FailedConditions.among(found(many)))
                .hasValueSatisfying(said -> assertThat(said).contains("for 4 users (ann, bob, cy, …)"));
    }

    @Test
    void whatIsDecidedOrWasNotReadIsNoFailure() {
        User decided = tagged(user("ann", key(1, 5, used(1))), known(Map.of("team", "b")));
        User unread = tagged(user("bob", key(1, 5, used(1))), Fact.unknown("throttled"));
        assertThat(FailedConditions.among(found(decided, unread))).isEmpty();
    }

    @Test
    void anAccountLacksWhatCouldNotBeJudgedBesideWhatCouldNotBeRead() {
        Snapshot whole = snapshot(known(RootKeys.NONE), List.of());
        assertThat(whole.lacking("a").reading()).isEqualTo(new Reading.Partial("a"));
        assertThat(whole.lacking("a").lacking("b").reading()).isEqualTo(new Reading.Partial("a; b"));
    }
}
