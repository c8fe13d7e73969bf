package io.keyturn.app.words;

import io.keyturn.core.model.Fact;
import io.keyturn.core.trail.KeyUses;
import io.keyturn.core.trail.Place;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of the templates that tell where a key is used from, and what speaks for which way without a key. */
final class PlaceWords {
    private final Manner.Evidence evidence;
    private final Wordbook book;
    private final Days days;

    PlaceWords(Manner.Evidence evidence, Wordbook book, Days days) {
        this.evidence = evidence;
        this.book = book;
        this.days = days;
    }

    Map<String, Object> of(Fact<KeyUses> uses) {
        URI start = evidence.identityCenter();
        Map<String, Object> words = new HashMap<>(Map.of(
                "uses",
                "",
                "places",
                List.of(),
                "others",
                0,
                "events",
                0,
                "whole",
                false,
                "since",
                "",
                "region",
                "",
                "unseen",
                "",
                "ways",
                List.of(),
                "sso",
                start == null ? "" : start.toString()));
        switch (uses) {
            case Fact.NotRead<KeyUses>() -> {
                // Nobody was asked.
            }
            case Fact.Unknown<KeyUses>(String why) -> {
                words.put("uses", "unknown");
                words.put("unseen", why);
            }
            case Fact.Known<KeyUses>(KeyUses known, Instant asOf) -> {
                words.put("uses", "known");
                words.put("places", known.origins().stream().map(this::of).toList());
                words.put("others", known.otherPlaces());
                words.put("events", known.events());
                words.put("whole", known.whole());
                words.put("since", days.day(known.since()));
                words.put("region", known.region().isEmpty() ? book.say(Word.REGION_OF_IAM) : known.region());
                words.put("ways", ways(known.origins()));
            }
        }
        return words;
    }

    private Map<String, Object> of(KeyUses.Origin origin) {
        return Map.of(
                "kind", origin.place().kind().label(),
                "name", origin.place().name(),
                "events", origin.events(),
                "tools", list(origin.tools()),
                "addresses", String.join(", ", origin.addresses()),
                "more", origin.otherAddresses());
    }

    private String list(List<String> tools) {
        int last = tools.size() - 1;
        return last < 1
                ? String.join("", tools)
                : book.say(
                        Word.AND, Map.of("before", String.join(", ", tools.subList(0, last)), "last", tools.get(last)));
    }

    /** A way for each kind of place, by the most frequent of that kind; who works in an office has a person's. */
    private static List<Map<String, Object>> ways(List<KeyUses.Origin> origins) {
        Map<Place.Kind, Map<String, Object>> ways = new LinkedHashMap<>();
        for (KeyUses.Origin origin : origins) {
            Place.Kind kind = way(origin.place().kind());
            if (kind != Place.Kind.UNKNOWN) {
                ways.putIfAbsent(
                        kind,
                        Map.of("kind", kind.label(), "name", origin.place().name()));
            }
        }
        return List.copyOf(ways.values());
    }

    private static Place.Kind way(Place.Kind kind) {
        return kind == Place.Kind.OFFICE ? Place.Kind.PERSON : kind;
    }
}
