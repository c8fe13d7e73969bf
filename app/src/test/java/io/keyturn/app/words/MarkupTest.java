package io.keyturn.app.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupTest {
    private static Text said(String name, String address) {
        return Markup.text("**" + Shield.over(name) + "** of `" + Shield.over(name) + "`, [read " + Shield.over(name)
                + "](" + Shield.over(address) + ") now");
    }

    @Test
    void one_text_with_other_values_is_another_one() {
        for (String name : List.of("ann", "bob", "ann")) {
            assertThat(said(name, "https://example.com/" + name).spans())
                    .containsExactly(
                            new Span.Strong(name),
                            new Span.Plain(" of "),
                            new Span.Code(name),
                            new Span.Plain(", "),
                            new Span.Link("read " + name, URI.create("https://example.com/" + name)),
                            new Span.Plain(" now"));
        }
    }

    @Test
    void an_address_that_leads_nowhere_leaves_its_words() {
        assertThat(said("ann", "https://example.com/").spans()).hasSize(6);
        assertThat(said("ann", "javascript:alert(1)").spans())
                .containsExactly(
                        new Span.Strong("ann"),
                        new Span.Plain(" of "),
                        new Span.Code("ann"),
                        new Span.Plain(", read ann now"));
    }

    /** Characters of a private area stand for values within a template; as values they are characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "**bold**",
                "](https://evil.example) [",
                "`",
                "\n\n# title",
                "<b>",
                "&amp;",
                "\ue000",
                "\ue002\ue200",
                "\ue002",
                "\ue001\ue010",
                "\\",
                "\u202e",
                "\ud83d\ude00"
            })
    void a_value_is_its_characters_whatever_they_are(String value) {
        assertThat(Markup.text("**" + Shield.over(value) + "** and").spans())
                .containsExactly(new Span.Strong(value), new Span.Plain(" and"));
        assertThat(Markup.plain("of " + Shield.over(value) + " and")).isEqualTo("of " + value + " and");
    }

    @Test
    void a_value_within_an_address_may_be_written_with_per_cents() {
        String written = URLEncoder.encode(Shield.over("a b"), StandardCharsets.UTF_8);
        assertThat(Markup.text("[" + Shield.over("x") + "](https://example.com/?q=" + written + ")")
                        .spans())
                .containsExactly(new Span.Plain("x"));
        written = URLEncoder.encode(Shield.over("a-b"), StandardCharsets.UTF_8);
        assertThat(Markup.text("[" + Shield.over("x") + "](https://example.com/?q=" + written + ")")
                        .spans())
                .containsExactly(new Span.Link("x", URI.create("https://example.com/?q=a-b")));
    }

    @Test
    void very_many_values_and_very_many_texts_are_all_told() {
        String many = ("*" + Shield.over("v") + "* ").repeat(5_000).strip();
        assertThat(Markup.plain(many)).isEqualTo("v ".repeat(5_000).strip());
        for (int i = 0; i < 2_000; i++) {
            assertThat(Markup.plain("**" + i + "** of " + Shield.over("ann"))).isEqualTo(i + " of ann");
        }
    }

    @Test
    void a_template_may_hold_any_character_itself() {
        assertThat(Markup.plain("\ue002 *and* \ue002\ue200")).isEqualTo("\ue002 and \ue002\ue200");
    }
}
