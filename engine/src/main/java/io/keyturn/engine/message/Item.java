package io.keyturn.engine.message;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of one key.
 *
 * @param notice what it is said of, for machines and for the message's place in a thread
 * @param state the key's standing in words with the next date, such as {@code Overdue · deactivated on Wed 2026-11-25, in
 *     2 days}
 * @param name user, last four characters and account, such as {@code ci-deploy · 7QXA · production}
 * @param happens what happens, and when
 * @param facts what is known, and what was not looked at
 * @param steps what to do now, in order
 * @param moreTime how to ask for more time; null where that cannot help
 * @param better the way that needs no key, which stands before the steps: who needs no key does not replace it; null where
 *     there is none
 * @param links what can be opened; the first is the one to press
 */
public record Item(
        Notice notice,
        String state,
        String name,
        Text happens,
        List<Line> facts,
        List<Text> steps,
        @Nullable Text moreTime,
        @Nullable Text better,
        List<Button> links) {
    public Item {
        facts = List.copyOf(facts);
        steps = List.copyOf(steps);
        links = List.copyOf(links);
    }

    /** The way that needs no key, under its heading; null where there is none. */
    public @Nullable Text betterWay(Phrases phrases) {
        return better == null
                ? null
                : new Text(Stream.of(
                                phrases.say(Phrase.BETTER, Map.of()).spans(),
                                List.<Span>of(new Span.Plain(" ")),
                                better.spans())
                        .flatMap(List::stream)
                        .toList());
    }

    /** One fact by its name, such as {@code Last used}. */
    public record Line(String name, Text value) {}

    /** Something to open. */
    public record Button(String label, URI target) {}
}
