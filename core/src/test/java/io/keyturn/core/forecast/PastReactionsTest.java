package io.keyturn.core.forecast;

import static io.keyturn.core.Samples.days;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.UserId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PastReactionsTest {
    private static final UserId ANN = new UserId("AIDAANN");
    private static final UserId HER_OTHER = new UserId("AIDAANN2");
    private static final UserId BOB = new UserId("AIDABOB");
    private static final UserId CAROL = new UserId("AIDACAROL");
    private static final Map<UserId, String> OWNED = Map.of(ANN, "ann", HER_OTHER, "ann", BOB, "bob", CAROL, "carol");

    private static Reaction took(UserId user, int time) {
        return new Reaction(user, days(time));
    }

    @Test
    void an_owner_takes_as_long_as_in_half_of_their_cases_with_all_their_users() {
        PastReactions before = PastReactions.of(List.of(took(ANN, 2), took(HER_OTHER, 4), took(ANN, 9)), OWNED);

        assertThat(before.people().after(ANN)).isEqualTo(days(4));
        assertThat(before.people().after(HER_OTHER)).isEqualTo(days(4));
        assertThat(before)
                .extracting(PastReactions::cases, PastReactions::owners, PastReactions::never)
                .containsExactly(3, 1, 0);
    }

    @Test
    void who_let_it_come_does_so_again_and_of_whom_nothing_is_known_does_as_all_do() {
        PastReactions before =
                PastReactions.of(List.of(new Reaction(BOB, null), took(ANN, 2), took(ANN, 6), took(ANN, 8)), OWNED);

        assertThat(before.people().after(BOB)).isNull();
        assertThat(before.people().after(CAROL)).isEqualTo(days(6)).isEqualTo(before.usual());
        assertThat(before.never()).isEqualTo(1);
    }

    @Test
    void where_nothing_is_known_or_most_let_it_come_nobody_is_taken_to_act() {
        PastReactions nothing = PastReactions.of(List.of(), OWNED);
        assertThat(nothing.people().idle()).isTrue();
        assertThat(nothing.usual()).isNull();

        PastReactions most =
                PastReactions.of(List.of(new Reaction(BOB, null), new Reaction(ANN, null), took(CAROL, 1)), OWNED);
        assertThat(most.usual()).isNull();
        assertThat(most.people().after(CAROL)).isEqualTo(days(1));
        assertThat(most.people().after(ANN)).isNull();
    }

    @Test
    void a_user_of_nobody_counts_as_an_owner_of_its_own() {
        PastReactions before = PastReactions.of(List.of(took(BOB, 3)), Map.of(ANN, "ann"));
        assertThat(before.owners()).isEqualTo(1);
        assertThat(before.people().after(ANN)).isEqualTo(days(3));
    }

    @Test
    void nobody_reacts_before_the_first_word() {
        assertThatThrownBy(() -> took(ANN, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nobody reacts before the first word");
    }
}
