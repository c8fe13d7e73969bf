package io.keyturn.adapters.aws.notify;

import io.keyturn.engine.message.Message;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntFunction;

/** Makes a message fit: SNS and EventBridge take 256 KiB. */
final class Lengths {
    /** Bytes that one message may have, with all that is sent beside its text. */
    static final int MOST = 256 * 1024;

    /** The names of source, detail type, resources and the like count too; they are far shorter. */
    private static final int ASIDE = 1024;

    private Lengths() {}

    /** The text of as many keys as fit, the first ones; empty where not even one does. */
    static Optional<String> fitted(Message message, IntFunction<String> text) {
        int shown = message.items().size();
        while (true) {
            String made = text.apply(shown);
            long length = made.getBytes(StandardCharsets.UTF_8).length;
            if (length <= MOST - ASIDE) {
                return Optional.of(made);
            }
            if (shown == 1) {
                return Optional.empty();
            }
            // Keys are of about one length; the last tenth is for those that are longer.
            shown = (int) Math.max(1, Math.min(shown - 1, shown * 9L * MOST / (10 * length)));
        }
    }
}
