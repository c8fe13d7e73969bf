package io.keyturn.core.policy;

import static io.keyturn.core.Samples.ACCOUNT;
import static io.keyturn.core.Samples.NOW;
import static io.keyturn.core.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamesTest {
    private static Verdict test(Condition condition, String name) {
        return condition.test(new Subject(ACCOUNT, user(name), null, NOW));
    }

    @ParameterizedTest
    @CsvSource({"ann, true", "b.khan@example.com, true", "ANN, false", "an, false", "carl, false"})
    void it_answers_as_cel_does(String name, boolean named) throws ConditionProblem {
        UserNames names = UserNames.of(Set.of("ann", "b.khan@example.com"));

        assertThat(names.source()).isEqualTo("user.name in [\"ann\", \"b.khan@example.com\"]");
        assertThat(test(names, name)).isEqualTo(named ? Verdict.MATCHES : Verdict.DOES_NOT_MATCH);
        assertThat(test(CelCondition.compile(names.source()), name)).isEqualTo(test(names, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user.name in [\"ann\"] && true",
                "user.name in ['ann']",
                "user.name in [\"ann\" \"bob\"]",
                "user.name in [\"a\\\"b\"]",
                "user.name in [user.path]",
                "user.name == \"ann\"",
                "!(user.name in [\"ann\"])"
            })
    void anything_else_is_left_to_cel(String source) {
        assertThat(UserNames.read(source)).isEmpty();
    }

    @Test
    void spaces_and_a_last_comma_do_not_matter_and_nobody_is_in_an_empty_list() {
        assertThat(UserNames.read(" user.name  in [ \"ann\",\"bob\" , ] ")
                        .orElseThrow()
                        .names())
                .containsExactlyInAnyOrder("ann", "bob");
        assertThat(test(UserNames.of(Set.of()), "ann")).isEqualTo(Verdict.DOES_NOT_MATCH);
    }

    @Test
    void what_can_be_no_users_name_is_left_out() {
        assertThat(UserNames.of(Set.of("ann", "a b", "x\"] || true || [\"")).names())
                .containsExactly("ann");
    }

    @Test
    void it_shows_the_name_that_it_saw_and_needs_nothing_to_be_read() {
        UserNames names = UserNames.of(Set.of("ann"));

        assertThat(names.seen(new Subject(ACCOUNT, user("bob"), null, NOW)))
                .containsExactly(new SeenValue("user.name", "bob", true));
        assertThat(names.needs()).isEmpty();
        assertThat(names.mentionsKey()).isFalse();
        assertThat(names).hasToString(names.source());
    }
}
