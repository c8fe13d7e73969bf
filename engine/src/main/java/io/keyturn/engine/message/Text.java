package io.keyturn.engine.message;

import java.util.List;
import java.util.stream.Collectors;

/** A paragraph in a message. */
public record Text(List<Span> spans) {
    public Text {
        spans = List.copyOf(spans);
    }

    /** A paragraph in one style. */
    public static Text of(String plain) {
        return new Text(List.of(new Span.Plain(plain)));
    }

    /** Its characters without their style; a link's address follows it in parentheses. */
    public String plain() {
        return spans.stream()
                .map(span -> span instanceof Span.Link(var text, var target) ? text + " (" + target + ")" : span.text())
                .collect(Collectors.joining());
    }
}
