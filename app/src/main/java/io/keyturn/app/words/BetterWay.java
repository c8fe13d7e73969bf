package io.keyturn.app.words;

import io.keyturn.engine.run.Clues;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way that needs no key, in the words that messages have for it. */
public final class BetterWay {
    private static final String CONSOLE = "the user has a password for the console";
    private static final Templates OWN = new Templates(null, Manner.Style.KEYTURN);

    private final Manner manner;
    private final Wordbook book;
    private final Templates templates;

    public BetterWay(Manner manner) {
        this.manner = manner;
        this.book = new Wordbook(manner.templates());
        this.templates = new Templates(manner.templates(), manner.style());
    }

    /**
     * A key that should become something else.
     *
     * @param better the way
     * @param seen what speaks for it
     */
    public record Way(String better, String seen) {}

    /**
     * The way that what is known of a key speaks for; empty where nothing speaks for one more than for another.
     *
     * @param now days are told as seen from here
     */
    public Optional<Way> of(Clues clues, Instant now) {
        Map<String, Object> values = new HashMap<>(
                new PlaceWords(manner.evidence(), book, new Days(book, manner.zone(), now)).of(clues.uses()));
        boolean placed = values.get("ways") instanceof List<?> ways && !ways.isEmpty();
        if (!placed && !clues.console()) {
            return Optional.empty();
        }
        values.put("console", clues.console());
        String better = said("better", values);
        String from = placed ? said("uses", values) : "";
        String seen = from.substring(from.indexOf('|') + 1).strip();
        return better.isEmpty()
                ? Optional.empty()
                : Optional.of(new Way(capital(better), capital(seen.isEmpty() ? CONSOLE : seen)));
    }

    /** In the organization's words; in Keyturn's own where those have a fault, which messages complain of. */
    private String said(String template, Map<String, Object> values) {
        try {
            return line(templates.fill(template, 1, values).getFirst());
        } catch (BadTemplate e) {
            return line(OWN.fill(template, 1, values).getFirst());
        }
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** Its first line that says something, without marks. */
    private static String line(String text) {
        return text.lines()
                .map(Markup::plain)
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("");
    }
}
