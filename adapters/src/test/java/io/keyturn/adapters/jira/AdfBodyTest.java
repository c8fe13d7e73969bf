package io.keyturn.adapters.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Span;
import io.keyturn.engine.message.Text;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AdfBodyTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final Body adf = new AdfBody();

    @Test
    void aMessageIsADocumentOfThePublishedSchemaAsTheGoldenFileHasIt() {
        JsonNode document = only(Samples.ordinary("ann@example.com"));
        assertThat(AdfSchema.faults(document)).isEmpty();
        assertThat(Golden.of("ordinary.adf.json"))
                .isEqualTo(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
    }

    @Test
    void theSchemaRefusesWhatJiraRefuses() {
        assertThat(AdfSchema.faults(JSON.readTree("{\"type\": \"doc\", \"version\": 1, \"content\": [{\"type\":"
                        + " \"paragraph\", \"content\": [{\"type\": \"text\", \"text\": \"\"}]}]}")))
                .isNotEmpty();
        assertThat(AdfSchema.faults(JSON.readTree("{\"type\": \"doc\", \"version\": 1, \"content\": [{\"type\":"
                        + " \"listItem\", \"content\": []}]}")))
                .isNotEmpty();
    }

    @Test
    void aHostileTextStaysTextAndHasNothingInItThatIsNotSeen() {
        JsonNode document = only(Samples.hostile());
        assertThat(AdfSchema.faults(document)).isEmpty();
        assertThat(types(document))
                .containsOnly(
                        "doc",
                        "paragraph",
                        "heading",
                        "text",
                        "strong",
                        "code",
                        "link",
                        "table",
                        "tableRow",
                        "tableHeader",
                        "tableCell",
                        "orderedList",
                        "listItem",
                        "panel");
        assertThat(document.findValuesAsString("text"))
                .allSatisfy(text ->
                        assertThat(text).doesNotContainPattern("[\\p{Cc}\\u2028\\u202a-\\u202e\\u2066-\\u2069]"))
                .anySatisfy(text -> assertThat(text).contains("<!channel> [~admin] @here {code}"));
        assertThat(document.findValuesAsString("href"))
                .containsOnly(
                        "https://docs.aws.amazon.com/IAM/roles.html",
                        "https://keys.example.com/k?id=1&x=2",
                        "https://keys.example.com/p");
    }

    @Test
    void whatIsLongerThanJiraTakesIsSaidInPartsAndNoKeyIsLeftOut() {
        List<JsonNode> parts = adf.of(Samples.about(100));
        assertThat(parts).hasSizeBetween(5, 12).allSatisfy(part -> {
            assertThat(AdfSchema.faults(part)).isEmpty();
            assertThat(part.toString()).hasSizeLessThanOrEqualTo(32_767);
        });
        assertThat(parts.toString()).contains("\"user-0 ·", "\"user-42 ·", "\"user-99 ·");
        assertThat(parts.getFirst().toString())
                .contains("Keys of yours are past")
                .doesNotContain("Times are UTC");
        assertThat(parts.getLast().toString()).contains("Times are UTC").doesNotContain("Keys of yours are past");
        assertThat(adf.of(Samples.about(3))).hasSize(1);
    }

    @Test
    void aKeyOfWhichTooMuchIsToBeSaidIsSaidInShort() {
        JsonNode document = only(Samples.endless());
        assertThat(document.toString())
                .hasSizeLessThanOrEqualTo(32_767)
                .contains("ci-deploy · 7QXA", "Overdue · deactivated on Wed 2026-11-25", "and will be deactivated")
                .doesNotContain("again and again");
    }

    private JsonNode only(Message message) {
        List<JsonNode> parts = adf.of(message);
        assertThat(parts).hasSize(1);
        return parts.getFirst();
    }

    @Test
    void textWithoutCharactersAndLinksThatAreNoneMakeNoNodeOfTheirOwn() {
        JsonNode document = only(Samples.message(
                "x",
                new Text(List.of(
                        new Span.Plain(""),
                        new Span.Link("click", URI.create("javascript:alert(1)")),
                        new Span.Code("\ud83d"))),
                Samples.ordinary("a").items()));
        assertThat(AdfSchema.faults(document)).isEmpty();
        assertThat(document.at("/content/0/content").toString())
                .isEqualTo("[{\"type\":\"text\",\"text\":\"click\"},{\"type\":\"text\",\"text\":\" \",\"marks\":"
                        + "[{\"type\":\"code\"}]}]");
    }

    @Test
    void theSummaryIsOneLineOfAtMost255CharactersAndTearsNoCharacterApart() {
        assertThat(JiraText.summary("a\r\n\t b\u202Ec  ")).isEqualTo("a b\ufffdc");
        assertThat(JiraText.summary(" \n ")).isEqualTo("Keyturn");
        String emoji = JiraText.summary("🔑".repeat(256));
        assertThat(emoji).hasSize(255).isEqualTo("🔑".repeat(127) + "…");
        assertThat(JiraText.summary("x" + "🔑".repeat(256))).hasSize(254).endsWith("🔑…");
        assertThat(JiraText.summary("a".repeat(255))).hasSize(255).endsWith("aa");
    }

    @Test
    void aLabelHasNoSpaceAndAtMost255Characters() {
        assertThat(JiraText.isLabel("keyturn-0a1b2c3d")).isTrue();
        assertThat(JiraText.isLabel("two words")).isFalse();
        assertThat(JiraText.isLabel("")).isFalse();
        assertThat(JiraText.isLabel("a".repeat(255))).isTrue();
        assertThat(JiraText.isLabel("a".repeat(256))).isFalse();
    }

    private static List<String> types(JsonNode node) {
        List<String> types = new ArrayList<>();
        collect(node, types);
        return types;
    }

    private static void collect(JsonNode node, List<String> types) {
        if (node.isObject() && node.has("type")) {
            types.add(node.get("type").asString());
        }
        node.forEach(child -> collect(child, types));
    }
}
