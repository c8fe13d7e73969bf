package io.keyturn.app.config;

import io.keyturn.core.policy.Capped;
import io.keyturn.core.policy.Caps;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/** Reads {@code limits}: how much may happen in a window of time. */
final class CapsReader {
    private static final List<String> KEYS = List.of("per-account", "percent", "global");
    private static final Pattern CAP = Pattern.compile("([0-9]{1,9})(?:/([1-9][0-9]{0,3})?([wdhm]))?");
    private static final String RIGHT = "write for example 10/d, 50/w or 5/12h; a number alone counts over a day";

    private CapsReader() {}

    static Map<Capped, Caps> read(Fields top) {
        Map<Capped, Caps> caps = new EnumMap<>(Capped.class);
        List<String> known = Stream.of(Capped.values()).map(CapsReader::word).toList();
        top.mapping("limits", known).ifPresent(f -> {
            for (Capped capped : Capped.values()) {
                if (f.has(word(capped))) {
                    caps.put(capped, caps(f, word(capped)));
                }
            }
        });
        return caps;
    }

    /** How the configuration names what is limited. */
    static String word(Capped capped) {
        return capped.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Caps caps(Fields f, String key) {
        if (!(f.node(key) instanceof MappingNode)) {
            f.tree.origin(f.at(key) + ".global", f.node(key));
            return new Caps(cap(f, key), null, null);
        }
        Fields scopes = new Fields(f.tree, f.node(key), f.at(key), KEYS);
        Caps.Cap global = cap(scopes, "global");
        Caps.Cap perAccount = cap(scopes, "per-account");
        if (global != null
                && perAccount != null
                && global.window().equals(perAccount.window())
                && perAccount.count() > global.count()) {
            scopes.bad(
                    "per-account", "is more than global allows in all accounts", "make it at most " + global.count());
        }
        return new Caps(global, perAccount, percent(scopes));
    }

    private static Caps.@Nullable Cap cap(Fields f, String key) {
        if (!f.has(key)) {
            return null;
        }
        Matcher m = CAP.matcher(Fields.text(f.node(key)));
        if (!m.matches()) {
            boolean negative = Fields.text(f.node(key)).startsWith("-");
            f.bad(key, negative ? "is negative" : "is not a limit", negative ? RIGHT + "; 0 means none" : RIGHT);
            return null;
        }
        Duration unit = m.group(3) == null
                ? Duration.ofDays(1)
                : Durations.unit(m.group(3).charAt(0));
        int count = Optional.ofNullable(m.group(2)).map(Integer::parseInt).orElse(1);
        return new Caps.Cap(Integer.parseInt(m.group(1)), unit.multipliedBy(count));
    }

    private static @Nullable Integer percent(Fields f) {
        if (!f.has("percent")) {
            return null;
        }
        String text = Fields.text(f.node("percent"));
        if (!text.matches("0|[1-9][0-9]?|100") || !Fields.isNumber(f.node("percent"))) {
            f.bad("percent", "is not a percentage", "write a number from 0 to 100, without quotes or %");
            return null;
        }
        return Integer.valueOf(text);
    }
}
