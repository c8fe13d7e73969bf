package io.keyturn.adapters.aws.rotator;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.Fact;
import io.keyturn.core.model.KeyId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every state of the tags, beside every state of the keys. */
class RotationStatesTest {
    private static final RotationStates STATES = new RotationStates(Tagged.NAMES);

    /** What stands of a user, in a word. */
    private static String word(String keys, Map<String, String> tags) {
        return STATES.of(Tagged.user(keys, tags)).getClass().getSimpleName();
    }

    private static Map<String, String> tags(String date, String old, String mark) {
        Map<String, String> tags = new HashMap<>();
        if (!date.equals("-")) {
            tags.put("date", date);
        }
        if (!old.equals("-")) {
            tags.put("old", old);
        }
        if (!mark.equals("-")) {
            tags.put(RotatorTags.MARK, mark);
        }
        return tags;
    }

    /** Keys: A the old one, B the new one, X another; small where switched off. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # keys | none tagged | date and old | date alone | old alone
                    ''     | None        | Over         | Over       | None
                    A      | None        | Over         | Over       | None
                    a      | None        | Over         | Over       | None
                    B      | None        | Over         | Over       | None
                    AB     | None        | Grace        | Over       | None
                    BA     | None        | Grace        | Over       | None
                    aB     | None        | CoolDown     | Over       | None
                    Ba     | None        | CoolDown     | Over       | None
                    ab     | None        | CoolDown     | Over       | None
                    Ab     | None        | Over         | Over       | None
                    XB     | None        | Over         | Over       | None
                    xB     | None        | Over         | Over       | None
                    ABX    | None        | Over         | Over       | None
                    """)
    void the_tools_own_tags(String keys, String untagged, String both, String date, String old) {
        String id = Tagged.id('A').value();
        assertThat(word(keys, tags("-", "-", "-"))).isEqualTo(untagged);
        assertThat(word(keys, tags("2026-11-10", id, "-"))).isEqualTo(both);
        assertThat(word(keys, tags("2026-11-10", "-", "-"))).isEqualTo(date);
        assertThat(word(keys, tags("-", id, "-"))).isEqualTo(old);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # keys | making | lost       | off          | untold
                    ''     | Making | Over       | Over         | Over
                    A      | Making | Over       | Over         | Over
                    a      | Making | Over       | Over         | Over
                    AB     | Making | Lost       | LostAndNoted | Grace
                    Ab     | Making | LostAndOff | LostAndNoted | Over
                    aB     | Making | Lost       | LostAndNoted | CoolDown
                    ab     | Making | LostAndOff | LostAndNoted | CoolDown
                    B      | Making | Lost       | LostAndNoted | Over
                    XB     | Making | Lost       | LostAndNoted | Over
                    AX     | Making | Over       | Over         | Grace
                    ABX    | Making | Lost       | LostAndNoted | Over
                    """)
    void beside_a_mark_of_our_own(String keys, String making, String lost, String off, String untold) {
        KeyId a = Tagged.id('A');
        KeyId b = Tagged.id('B');
        assertThat(word(keys, tags("-", "-", Tagged.mark(Mark.Step.MAKING, a)))).isEqualTo(making);
        assertThat(word(keys, tags("-", "-", Tagged.mark(Mark.Step.LOST, a, b))))
                .isEqualTo(lost);
        assertThat(word(keys, tags("-", "-", Tagged.mark(Mark.Step.OFF, a, b)))).isEqualTo(off);
        assertThat(word(keys, tags("2026-11-10", a.value(), Tagged.mark(Mark.Step.UNTOLD, a))))
                .isEqualTo(untold);
        assertThat(word(keys, tags("-", a.value(), Tagged.mark(Mark.Step.UNTOLD, a))))
                .as("the tool took its date away")
                .isEqualTo("Over");
    }

    @Test
    void what_is_over_names_the_tags_that_are_there_and_no_others() {
        assertThat(STATES.of(Tagged.user("A", tags("2026-11-10", Tagged.id('A').value(), "-"))))
                .isEqualTo(new RotationState.Over(Set.of("date", "old"), "there should be two keys, and there is one"));
        assertThat(STATES.of(Tagged.user("AB", tags("2026-11-10", "-", "-"))))
                .isEqualTo(new RotationState.Over(Set.of("date"), "the tag old is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-05", "2026-11-5", " 2026-11-05 "})
    void a_date_is_read_as_the_tool_reads_it(String date) {
        assertThat(STATES.of(Tagged.user("AB", tags(date, Tagged.id('A').value(), "-"))))
                .isInstanceOfSatisfying(
                        RotationState.Grace.class,
                        grace -> assertThat(grace.day()).isEqualTo(LocalDate.of(2026, 11, 5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "", "2026-13-01", "2026-11-10T00:00:00Z", "10.11.2026"})
    void a_date_that_is_none_is_not_taken_for_no_date(String date) {
        assertThat(STATES.of(Tagged.user("AB", tags(date, Tagged.id('A').value(), "-"))))
                .isEqualTo(new RotationState.Unreadable("its tag date says \"" + date
                        + "\", which is no day such as 2026-11-21; correct it, or take it away"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "making",
                "making now AKIAAAAAAAAAAAAAAAAA",
                "making 2026-11-10T08:00:00Z short",
                "lost 2026-11-10T08:00:00Z AKIAAAAAAAAAAAAAAAAA",
                "baking 2026-11-10T08:00:00Z AKIAAAAAAAAAAAAAAAAA"
            })
    void a_mark_that_is_none_is_not_taken_for_no_mark(String mark) {
        assertThat(STATES.of(Tagged.user("AB", tags("-", "-", mark))))
                .isInstanceOf(RotationState.Unreadable.class)
                .extracting(Object::toString)
                .asString()
                .contains("which Keyturn did not write");
    }

    @Test
    void spaces_around_a_date_are_as_the_tool_takes_them() {
        assertThat(word("AB", tags(" 2026-11-10 ", Tagged.id('A').value(), "-")))
                .isEqualTo("Grace");
    }

    @Test
    void users_whose_tags_are_not_known_or_name_nobody_are_let_be() {
        Map<String, String> tags = tags("2026-11-10", Tagged.id('A').value(), "-");
        assertThat(STATES.of(Tagged.with(Tagged.user("AB", tags), Fact.unknown("throttled"))))
                .isInstanceOf(RotationState.None.class);
        assertThat(STATES.of(Tagged.with(Tagged.user("AB", tags), Fact.known(tags, Tagged.NOW))))
                .isInstanceOf(RotationState.None.class);
    }

    @Test
    void keys_that_could_not_be_read_are_not_taken_for_none() {
        Map<String, String> tags = tags("2026-11-10", Tagged.id('A').value(), "-");
        assertThat(STATES.of(Tagged.user("AB", tags).withKeys(Fact.unknown("throttled"))))
                .isEqualTo(new RotationState.Unreadable("its keys could not be read"));
    }

    @Test
    void a_mark_is_written_as_it_is_read_and_fits_a_tag() {
        List<KeyId> keys = new ArrayList<>(List.of(Tagged.id('A'), Tagged.id('B')));
        Mark mark = new Mark(Mark.Step.MAKING, Instant.parse("2026-11-10T08:00:00.123Z"), keys);
        assertThat(mark.text()).isEqualTo("making 2026-11-10T08:00:00Z " + keys.getFirst() + " " + keys.getLast());
        assertThat(mark.text()).matches("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");
        assertThat(Mark.parse(" " + mark.text() + " ")).contains(mark);
    }
}
