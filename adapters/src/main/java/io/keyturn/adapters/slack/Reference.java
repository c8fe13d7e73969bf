package io.keyturn.adapters.slack;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that Slack took, the first of its thread.
 *
 * @param channel ID of its conversation
 * @param ts Slack's time stamp, which names a message in its conversation
 */
record Reference(String channel, String ts) {
    private static final Pattern WRITTEN = Pattern.compile("([A-Z0-9]{3,30}):([0-9]{1,20}\\.[0-9]{1,10})");

    /** Reads {@code channel:ts}; empty where it is null or not of that form. */
    static Optional<Reference> of(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher m = WRITTEN.matcher(text);
        return m.matches() ? Optional.of(new Reference(m.group(1), m.group(2))) : Optional.empty();
    }

    /** As it is kept. */
    String written() {
        return channel + ":" + ts;
    }
}
