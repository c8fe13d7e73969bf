package io.keyturn.sandbox.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;

/** Writes the XML of the Query protocol. */
public final class Xml {
    private final StringBuilder out = new StringBuilder(1024);

    public Xml open(String name) {
        out.append('<').append(name).append('>');
        return this;
    }

    public Xml close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** An element with text. */
    public Xml text(String name, String value) {
        open(name);
        escape(value);
        return close(name);
    }

    public Xml text(String name, boolean value) {
        return open(name).raw(Boolean.toString(value)).close(name);
    }

    /** An instant, exact to a second as IAM writes it. */
    public Xml time(String name, Instant at) {
        return open(name).raw(at.truncatedTo(ChronoUnit.SECONDS).toString()).close(name);
    }

    /** A list: {@code <name><member>…</member></name>}. */
    public <T> Xml list(String name, Collection<T> items, BiConsumer<Xml, T> writer) {
        open(name);
        for (T item : items) {
            open("member");
            writer.accept(this, item);
            close("member");
        }
        return close(name);
    }

    /** A page of a list, and how to go on. */
    public <T> Xml page(String name, Page<T> page, BiConsumer<Xml, T> writer) {
        list(name, page.items(), writer).text("IsTruncated", page.next() != null);
        return page.next() == null ? this : text("Marker", page.next());
    }

    /** Text alone, such as a member of a list of strings. */
    public Xml bare(String value) {
        escape(value);
        return this;
    }

    public Xml tags(Map<String, String> tags) {
        return list("Tags", tags.entrySet(), Xml::tag);
    }

    /** Key and value of a tag. */
    public static void tag(Xml xml, Map.Entry<String, String> tag) {
        xml.text("Key", tag.getKey()).text("Value", tag.getValue());
    }

    private Xml raw(String text) {
        out.append(text);
        return this;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#xD;");
                // XML 1.0 has no other control characters; IAM does not let them into tags either.
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
    }

    /** A document as its bytes are sent: in UTF-8, each a character of ISO 8859-1. */
    public static String bytes(String document) {
        return new String(document.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
