package io.keyturn.app.render;

import io.keyturn.app.config.Report;
import io.keyturn.app.render.SleuthKey.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The report as plain text, for an SNS topic. */
public final class SleuthText {
    /** What whoever gets it by mail reads first. */
    public static final String SUBJECT = "IAM Sleuth Bot";

    /** SNS takes 256 KiB (SNS API reference, Publish); what is longer goes out in several messages. */
    private static final int MOST_BYTES = 250_000;

    private SleuthText() {}

    /** The messages that it takes; none where there is nothing to tell. */
    public static List<String> messages(SleuthReport report, Report.Sleuth said) {
        List<String> messages = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int[] size = {0};
        for (boolean byAge : new boolean[] {true, false}) {
            List<String> lines = new ArrayList<>(report.lines(byAge ? State.OLD : State.STAGNANT, SleuthText::named));
            lines.addAll(report.lines(byAge ? State.EXPIRE : State.STAGNANT_EXPIRE, SleuthText::named));
            if (lines.isEmpty()) {
                continue;
            }
            Report.Heading heading = byAge ? said.age() : said.idle();
            add(
                    heading.title() + ":\n" + (heading.text().isEmpty() ? "" : heading.text() + "\n"),
                    text,
                    size,
                    messages);
            lines.forEach(line -> add(line + "\n", text, size, messages));
        }
        if (!text.isEmpty()) {
            messages.add(text.toString());
        }
        return messages;
    }

    private static void add(String piece, StringBuilder text, int[] size, List<String> messages) {
        int bytes = piece.getBytes(StandardCharsets.UTF_8).length;
        if (size[0] + bytes > MOST_BYTES && !text.isEmpty()) {
            messages.add(text.toString());
            text.setLength(0);
            size[0] = 0;
        }
        text.append(piece);
        size[0] += bytes;
    }

    /** The user's name, with the name of the person beside it where a tag tells one. */
    static String named(SleuthKey key) {
        String user = Safe.text(key.user().name().value());
        String person = Safe.text(key.tag("Name").strip());
        return person.isEmpty() || person.equals(user) ? user : user + " (" + person + ")";
    }
}
