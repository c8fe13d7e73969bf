package io.keyturn.app.render;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A message in plain text, as mail and terminal show it; what others wrote is made harmless. */
public final class MessageText {
    private MessageText() {}

    /** The whole of it but the headline. */
    public static String of(Message message) {
        StringBuilder text = new StringBuilder();
        paragraph(text, message.opening());
        for (Item item : message.items()) {
            item(text, item);
        }
        paragraph(text, message.closing());
        return text.toString();
    }

    /** One line of it. */
    public static String line(String words) {
        return Safe.text(words);
    }

    private static void item(StringBuilder text, Item item) {
        text.append(line(item.state())).append('\n');
        text.append(line(item.name())).append("\n\n");
        paragraph(text, item.happens());
        for (Item.Line fact : item.facts()) {
            text.append(String.format(Locale.ROOT, "  %-14s", line(fact.name())))
                    .append(line(fact.value().plain()))
                    .append('\n');
        }
        if (!item.steps().isEmpty()) {
            text.append("\nWhat to do\n");
            for (int i = 0; i < item.steps().size(); i++) {
                text.append("  ")
                        .append(i + 1)
                        .append(". ")
                        .append(line(item.steps().get(i).plain()))
                        .append('\n');
            }
        }
        item.links()
                .forEach(link -> text.append("  ")
                        .append(line(link.label()))
                        .append(": ")
                        .append(link.target())
                        .append('\n'));
        text.append('\n');
        optional(text, "", item.moreTime());
        optional(text, "Better: ", item.better());
    }

    private static void optional(StringBuilder text, String lead, @Nullable Text words) {
        if (words != null) {
            text.append(lead);
            paragraph(text, words);
        }
    }

    private static void paragraph(StringBuilder text, Text words) {
        text.append(line(words.plain())).append("\n\n");
    }
}
