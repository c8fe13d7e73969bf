package io.keyturn.engine.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as text without any markup. */
public final class PlainMessage {
    private final StringBuilder text = new StringBuilder();

    private final Phrases phrases;

    private PlainMessage(Phrases phrases) {
        this.phrases = phrases;
    }

    /**
     * The text.
     *
     * @param shown how many of its keys; of the others it says how many they are
     */
    public static String of(Message message, int shown) {
        PlainMessage plain = new PlainMessage(message.phrases());
        plain.paragraph(message.opening());
        message.items().stream().limit(shown).forEach(plain::item);
        int more = message.items().size() - shown;
        if (more > 0) {
            plain.line(message.phrases().counted(Phrase.LEFT_OUT, more) + "\n");
        }
        plain.paragraph(message.closing());
        return plain.text.toString().stripTrailing() + "\n";
    }

    private void item(Item item) {
        line("== " + item.name());
        line(item.state() + "\n");
        paragraph(item.happens());
        item.facts().forEach(fact -> line("  " + fact.name() + ": " + flat(fact.value())));
        gap(item.facts());
        optional(item.betterWay(phrases));
        int number = 1;
        for (Text step : item.steps()) {
            line("  " + number++ + ". " + flat(step));
        }
        gap(item.steps());
        optional(item.moreTime());
        item.links().forEach(link -> line("  " + link.label() + ": " + link.target()));
        gap(item.links());
    }

    private void optional(@Nullable Text paragraph) {
        if (paragraph != null) {
            paragraph(paragraph);
        }
    }

    private void paragraph(Text paragraph) {
        line(flat(paragraph) + "\n");
    }

    private void gap(List<?> after) {
        if (!after.isEmpty()) {
            text.append('\n');
        }
    }

    private static String flat(Text paragraph) {
        return paragraph.plain();
    }

    /** The line ends are ours alone. */
    private void line(String line) {
        boolean gap = line.endsWith("\n");
        text.append(Harmless.line(gap ? line.substring(0, line.length() - 1) : line))
                .append(gap ? "\n\n" : "\n");
    }
}
