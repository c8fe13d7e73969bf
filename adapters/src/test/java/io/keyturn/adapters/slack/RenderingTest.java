package io.keyturn.adapters.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class RenderingTest {
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static String golden(String name) throws IOException {
        try (InputStream file =
                Objects.requireNonNull(RenderingTest.class.getResourceAsStream(name), () -> "there is no " + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static JsonNode rendered(Message message) {
        return Rendering.of(message).json();
    }

    private static String shown(Message message) {
        return PRETTY.writeValueAsString(rendered(message));
    }

    static Stream<Message> messages() {
        return Stream.of(
                Messages.oneKey(),
                Messages.digest(2),
                Messages.digest(12),
                Messages.digest(47),
                Messages.digest(200),
                Messages.hostile(Messages.HOSTILE),
                Messages.hostile(Messages.EMOJI),
                Messages.hostile("<!channel>".repeat(2000)),
                Messages.hostile("`".repeat(5000)),
                Messages.hostile(" "));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void slackTakesEveryMessage(Message message) {
        assertThat(BlockKit.problems(rendered(message))).isEmpty();
        assertThat(Rendering.of(message).blocks().stream()
                        .mapToInt(Block::length)
                        .sum())
                .isLessThanOrEqualTo(Form.MOST_CHARACTERS);
    }

    @Test
    void oneKeyIsToldAsItWasReviewed() throws IOException {
        assertThat(shown(Messages.oneKey())).isEqualTo(golden("one-key.json"));
    }

    @Test
    void aDigestIsToldAsItWasReviewed() throws IOException {
        assertThat(shown(Messages.digest(12))).isEqualTo(golden("digest.json"));
    }

    @Test
    void hostileTextIsToldAsItWasReviewed() throws IOException {
        assertThat(shown(Messages.hostile(Messages.HOSTILE))).isEqualTo(golden("hostile.json"));
    }

    @Test
    void aLongHeadlineIsWholeInTheFirstParagraph() {
        String headline = "key ".repeat(60).strip();
        JsonNode message = rendered(Messages.message(headline, Text.of("Now."), Messages.khan()));
        assertThat(message.at("/blocks/0/text/text").asString()).hasSize(150).endsWith("…");
        assertThat(message.at("/blocks/1/text/text").asString()).isEqualTo("*" + headline + "*\nNow.");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 12, 30, 46, 47, 48, 60, 200})
    void everyKeyOfADigestIsNamedOrCounted(int keys) {
        String text = rendered(Messages.digest(keys)).toString();
        int named = 0;
        for (int i = 0; i < keys; i++) {
            named += text.contains("*svc_build_" + i + " ·") ? 1 : 0;
        }
        int counted = keys - named;
        assertThat(named).isPositive();
        assertThat(text.contains("*And " + counted + " more key")).isEqualTo(counted > 0);
        assertThat(text).contains("svc_build_0 · XBL7 · production*\\nDue soon");
    }

    @Test
    void twentyFactsTakeTwoBlocks() {
        Item one = Messages.khan();
        List<Item.Line> facts = Collections.nCopies(20, one.facts().getFirst());
        Item many =
                new Item(one.notice(), one.state(), one.name(), one.happens(), facts, List.of(), null, null, List.of());
        JsonNode message = rendered(Messages.message("h", Text.of("o"), many));
        assertThat(message.at("/blocks/3/fields")).hasSize(10);
        assertThat(message.at("/blocks/4/fields")).hasSize(10);
    }

    @Test
    void aFactWithoutANameIsItsValue() {
        Item one = Messages.khan();
        List<Item.Line> facts = List.of(new Item.Line("", Text.of("nobody knows")));
        Item unnamed =
                new Item(one.notice(), one.state(), one.name(), one.happens(), facts, List.of(), null, null, List.of());
        assertThat(rendered(Messages.message("h", Text.of("o"), unnamed))
                        .at("/blocks/3/fields/0/text")
                        .asString())
                .isEqualTo("nobody knows");
    }

    @Test
    void aScreenReaderHearsEveryKey() {
        assertThat(rendered(Messages.digest(2)).path("text").asString()).isEqualTo("""
                        2 keys need you by Wed 2026-11-25
                        The most urgent comes first.
                        svc_build_0 · XBL7 · production · Due soon · rotated on Tue 2026-12-08, in 15 days
                        svc_build_1 · XBL7 · production · Due soon · rotated on Tue 2026-12-08, in 15 days""");
    }
}
