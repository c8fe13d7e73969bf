package io.keyturn.adapters.mail;

import io.keyturn.engine.message.Message;
import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Puts messages into the two forms of a letter: plain text, and HTML in which everything is encoded by the template. */
final class LetterTemplates {
    private final PebbleEngine html = engine(true);
    private final PebbleEngine text = engine(false);

    private static PebbleEngine engine(boolean escaping) {
        ClasspathLoader packed = new ClasspathLoader(LetterTemplates.class.getClassLoader());
        packed.setPrefix("io/keyturn/adapters/mail");
        packed.setSuffix(".peb");
        return new PebbleEngine.Builder()
                .loader(packed)
                .autoEscaping(escaping)
                // Every line end counts in plain text; in HTML none does.
                .newLineTrimming(escaping)
                .strictVariables(true)
                .build();
    }

    String html(Message message) {
        return filled(html, "letter.html", message);
    }

    String text(Message message) {
        return filled(text, "letter.txt", message);
    }

    private static String filled(PebbleEngine engine, String template, Message message) {
        StringWriter out = new StringWriter(16_384);
        try {
            engine.getTemplate(template).evaluate(out, LetterView.of(message));
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return out.toString();
    }
}
