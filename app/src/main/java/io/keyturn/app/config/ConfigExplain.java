package io.keyturn.app.config;

import java.util.TreeMap;

/** Shows the effective configuration. */
public final class ConfigExplain {
    private ConfigExplain() {}

    /** Each value with where it came from. */
    public static String render(Settings settings) {
        StringBuilder out = new StringBuilder();
        new TreeMap<>(settings.origins())
                .forEach((path, origin) ->
                        out.append(path).append("  # ").append(origin).append('\n'));
        return out.toString();
    }
}
