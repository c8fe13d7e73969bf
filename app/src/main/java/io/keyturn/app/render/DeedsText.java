package io.keyturn.app.render;

import io.keyturn.core.model.Fact;
import io.keyturn.core.trail.TrailEvent;
import io.keyturn.core.trail.TrailEvents;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a thief may have made with a key: users, keys, roles, policies and whatever else an action of such a name makes. */
final class DeedsText {
    /** Actions that leave something behind, by how AWS names them. */
    private static final Pattern MAKES = Pattern.compile(
            "(Create|Put|Attach|Add|Upload|Update|Set|Enable|Run|Register|Import|Deactivate|Delete)[A-Z].*");

    /** As many as a screen holds. */
    private static final int SHOWN = 20;

    private final PrintWriter out;
    private final BiConsumer<String, String> line;

    DeedsText(PrintWriter out, BiConsumer<String, String> line) {
        this.out = out;
        this.line = line;
    }

    void show(Fact<TrailEvents> did) {
        switch (did) {
            case Fact.Known<TrailEvents>(TrailEvents told, Instant asOf) -> show(told);
            case Fact.NotRead<TrailEvents>() -> line.accept("what it made", "not looked at");
            case Fact.Unknown<TrailEvents>(String why) -> line.accept("what it made", "not known: " + Safe.text(why));
        }
        line.accept(
                "not looked at",
                "other Regions, reads and writes of data, the last 15 minutes, and what those it made did: look in"
                        + " CloudTrail");
    }

    private void show(TrailEvents told) {
        List<TrailEvent> made = told.events().stream()
                .filter(event -> event.done() && MAKES.matcher(event.name()).matches())
                .toList();
        int calls = told.events().size();
        String of = (calls == 1 ? "1 call" : calls + " calls")
                + (told.whole()
                        ? " in IAM's Region in 90 days"
                        : " in IAM's Region, the latest since "
                                + day(told.events().getLast()));
        line.accept(
                "what it made",
                (made.isEmpty() ? "nothing" : made.size() == 1 ? "1 thing" : made.size() + " things") + ", of " + of);
        made.stream().limit(SHOWN).forEach(event -> out.println("      " + deed(event)));
        if (made.size() > SHOWN) {
            out.println("      and " + (made.size() - SHOWN) + " earlier ones");
        }
    }

    private static String deed(TrailEvent event) {
        String about = event.user() == null
                ? event.things().stream().map(DeedsText::brief).collect(Collectors.joining(", "))
                : "of user " + event.user() + (event.key() == null ? "" : ", key " + brief(event.key()));
        String service = event.source().replace(".amazonaws.com", "");
        return day(event) + "  " + Safe.text(service) + " " + Safe.text(event.name()) + " " + Safe.text(about);
    }

    /** Without the whole IDs of keys, which belong on no screen. */
    private static String brief(String thing) {
        return thing.replaceAll("\\b(A[KS]IA)[A-Z0-9]*([A-Z0-9]{4})\\b", "$2");
    }

    private static String day(TrailEvent event) {
        return event.at().atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
