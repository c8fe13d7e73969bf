package io.keyturn.adapters.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class WikiBodyTest {
    private final Body wiki = new WikiBody();

    @Test
    void aMessageIsWikiMarkupAsTheGoldenFileHasIt() {
        assertThat(text(Samples.ordinary("ann@example.com"))).isEqualTo(Golden.of("ordinary.wiki.txt"));
    }

    @Test
    void aHostileMessageIsMarkupWhoseSignsAreAllOurOwn() {
        assertThat(text(Samples.hostile())).isEqualTo(Golden.of("hostile.wiki.txt"));
    }

    @Test
    void noSignOfTheMarkupIsLeftInAText() {
        String escaped = WikiBody.escape(Samples.HOSTILE);
        assertThat(escaped).doesNotContainPattern("[{}\\[\\]*_|!~^+?<>@\\\\()\"'`$=%\\r\\n\\t\\u202e]");
        assertThat(escaped).doesNotContain("://");
        assertThat(WikiBody.escape("h1. x")).isEqualTo("h1&#46; x");
        assertThat(WikiBody.escape("bq. x")).isEqualTo("bq&#46; x");
        assertThat(WikiBody.escape("- x")).isEqualTo("&#45; x");
        assertThat(WikiBody.escape("&#42;")).isEqualTo("&#38;&#35;42&#59;");
    }

    @Test
    void whatJoinsWordsStaysAsItIsRead() {
        assertThat(WikiBody.escape("ci-deploy at 2026-11-25 08:00, eu-central-1. Done"))
                .isEqualTo("ci-deploy at 2026-11-25 08:00, eu-central-1. Done");
    }

    @Test
    void whatIsLongerThanJiraTakesIsSaidInPartsAndNoKeyIsLeftOut() {
        List<JsonNode> parts = wiki.of(Samples.about(100));
        assertThat(parts)
                .hasSizeBetween(2, 4)
                .allSatisfy(part -> assertThat(part.asString()).hasSizeLessThanOrEqualTo(32_767));
        assertThat(parts.toString()).contains("h3. user-0 ·", "h3. user-42 ·", "h3. user-99 ·");
        assertThat(text(Samples.endless())).hasSizeLessThan(1_000).contains("and will be deactivated");
    }

    private String text(Message message) {
        List<JsonNode> parts = wiki.of(message);
        assertThat(parts).hasSize(1);
        return parts.getFirst().asString();
    }

    @Test
    void marksTouchWhatTheyMarkAndALinkThatIsNoneIsText() {
        assertThat(text(Samples.message(
                        "x",
                        new Text(List.of(
                                new Span.Strong(" a "),
                                new Span.Code(" "),
                                new Span.Link("b!", URI.create("https://e.example/")),
                                new Span.Plain(" "),
                                new Span.Link("c", URI.create("file:///etc/passwd")))),
                        Samples.ordinary("a").items())))
                .startsWith("{*}a{*}  b&#33; [https://e.example/] c\n\nh3. ");
    }
}
