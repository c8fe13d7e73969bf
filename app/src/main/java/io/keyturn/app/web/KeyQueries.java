package io.keyturn.app.web;

import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.KeyQuery.Order;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Questions about keys, as they stand in an address. */
final class KeyQueries {
    private static final int SIZE = 50;
    private static final int LONGEST_TEXT = 200;
    private static final int MOST_PAGES = 100_000;

    private KeyQueries() {}

    /**
     * Reads one: {@code q}, {@code standing} (several), {@code account}, {@code owner}, {@code decide}, {@code sort},
     * {@code desc}, {@code page} from 1, {@code size}.
     */
    static KeyQuery of(Query asked) throws Denied {
        Set<Standing> standings = EnumSet.noneOf(Standing.class);
        for (String word : asked.all("standing")) {
            standings.add(of(word, Standing.values(), "standing"));
        }
        String text = asked.first("q");
        return new KeyQuery(
                text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text,
                standings,
                asked.first("account").isEmpty() ? null : asked.first("account"),
                asked.has("owner") ? asked.first("owner") : null,
                asked.has("decide"),
                asked.has("sort") ? of(asked.first("sort"), Order.values(), "sort") : Order.STANDING,
                asked.has("desc"),
                number(asked, "page", 1, MOST_PAGES) - 1,
                number(asked, "size", SIZE, 500));
    }

    private static <T extends Enum<T>> T of(String word, T[] all, String name) throws Denied {
        for (T value : all) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return value;
            }
        }
        String words = Stream.of(all)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw Denied.bad("\"" + name + "\" is one of " + words + ".");
    }

    private static int number(Query asked, String name, int usual, int most) throws Denied {
        if (!asked.has(name)) {
            return usual;
        }
        String text = asked.first(name);
        try {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number that is out of its range.
            text = "";
        }
        throw Denied.bad("\"" + name + "\" is a number from 1 to " + most + ".");
    }

    /** The address of the same question from another page on, or in another order. */
    static String address(KeyQuery query, Order order, boolean descending, int page) {
        List<String> parts = new ArrayList<>();
        query.standings().stream().sorted().forEach(standing -> parts.add("standing=" + standing.label()));
        address(parts, query);
        if (order != Order.STANDING) {
            parts.add("sort=" + order.name().toLowerCase(Locale.ROOT));
        }
        if (descending) {
            parts.add("desc=1");
        }
        if (page > 0) {
            parts.add("page=" + (page + 1));
        }
        return "/keys" + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    }

    /** The address of the same question about keys of that standing alone; null for all. */
    static String address(KeyQuery query, @Nullable Standing standing) {
        List<String> parts = new ArrayList<>();
        if (standing != null) {
            parts.add("standing=" + standing.label());
        }
        address(parts, query);
        return "/keys" + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    }

    private static void address(List<String> parts, KeyQuery query) {
        if (!query.text().isEmpty()) {
            parts.add("q=" + Query.encoded(query.text()));
        }
        if (query.account() != null) {
            parts.add("account=" + Query.encoded(query.account()));
        }
        if (query.owner() != null) {
            parts.add("owner=" + Query.encoded(query.owner()));
        }
        if (query.decisions()) {
            parts.add("decide=1");
        }
    }
}
