package io.keyturn.adapters.slack;

import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.MailAddress;
import java.util.regex.Pattern;

/** Who is meant by a recipient. */
sealed interface Recipient {
    /** A member by their ID. */
    record Person(String id) implements Recipient {}

    /** A member by their mail address. */
    record Mail(String address) implements Recipient {}

    /** A channel by its ID, or by its name with {@code #} before it. */
    record Conversation(String name) implements Recipient {}

    /** Nothing that Slack knows. A name alone is no channel: it may be anybody's. */
    record Nobody(Problem problem) implements Recipient {}

    static Recipient of(String text) {
        if (Syntax.PERSON.matcher(text).matches()) {
            return new Person(text);
        }
        if (Syntax.CONVERSATION.matcher(text).matches()) {
            return new Conversation(text);
        }
        return MailAddress.looksLike(text)
                ? new Mail(text)
                : new Nobody(new Problem(
                        "send a message",
                        on(text),
                        "that names nobody in Slack",
                        "write a member's ID such as U012AB3CDE4 (see keyturn slack-users), their mail address, a channel's"
                                + " ID such as C012AB3CDE4, or #channel"));
    }

    /** For the place in a problem. */
    static String on(String recipient) {
        return "Slack for " + Characters.plain(recipient, 100);
    }

    /** How Slack writes them. */
    final class Syntax {
        private static final Pattern PERSON = Pattern.compile("[UW][A-Z0-9]{8,20}");
        private static final Pattern CONVERSATION =
                Pattern.compile("[CGD][A-Z0-9]{8,20}|#[\\p{L}\\p{M}\\p{N}_-]{1,80}");

        private Syntax() {}
    }
}
