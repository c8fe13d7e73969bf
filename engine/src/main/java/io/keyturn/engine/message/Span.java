package io.keyturn.engine.message;

import java.net.URI;

/** A run of text in one style. Its characters are what people are to see: a channel encodes them, whatever they are. */
public sealed interface Span {
    /** The characters. */
    String text();

    /** As the rest. */
    record Plain(String text) implements Span {}

    /** What the eye is to find first. */
    record Strong(String text) implements Span {}

    /** A command, a name or a key's last four characters, in type of one width. */
    record Code(String text) implements Span {}

    /**
     * What leads elsewhere.
     *
     * @param target an https address
     */
    record Link(String text, URI target) implements Span {}
}
