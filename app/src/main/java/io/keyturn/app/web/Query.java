package io.keyturn.app.web;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names with values, as they stand in an address or a form. */
public record Query(Map<String, List<String>> values) {
    static final Query NONE = new Query(Map.of());

    /** Reads them; what is no such text is refused. */
    static Query of(@Nullable String raw) throws Denied {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return NONE;
        }
        for (String part : raw.split("&", -1)) {
            int equals = part.indexOf('=');
            String name = decoded(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
            values.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    static String decoded(String text) throws Denied {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Denied.bad("A part of the address or form cannot be read: a % must be followed by two digits.");
        }
    }

    /** Reads a part of a path, in which a plus is a plus. */
    static String decodedPart(String text) throws Denied {
        return decoded(text.replace("+", "%2B"));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The first value of that name; empty where there is none. */
    String first(String name) {
        List<String> all = values.getOrDefault(name, List.of());
        return all.isEmpty() ? "" : all.getFirst();
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
