package io.keyturn.engine.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void plainTextKeepsTheCharactersAndWhereALinkLeads() {
        Text text = new Text(List.of(
                new Span.Strong("b.khan"),
                new Span.Plain(" has "),
                new Span.Code("XBL7"),
                new Span.Plain(", "),
                new Span.Link("its story", URI.create("https://keys.example.com/k"))));
        assertThat(text.plain()).isEqualTo("b.khan has XBL7, its story (https://keys.example.com/k)");
    }

    @Test
    void aMessageAboutNoKeyIsRefused() {
        assertThatThrownBy(() -> new Message("m-1", "Nothing", Text.of(""), List.of(), Text.of(""), Written.PHRASES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one key");
    }
}
