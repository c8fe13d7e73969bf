package io.keyturn.core.assess;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for a key.
 *
 * @param name as the channel names them: a Slack ID or channel, a mail address, a team
 * @param source the link of the chain that answered, such as {@code tag Slack}
 * @param zone whose clock they live by; null where nobody says
 */
public record Owner(String name, String source, @Nullable ZoneId zone) {
    /** Of whose clock nothing is known. */
    public Owner(String name, String source) {
        this(name, source, null);
    }

    /** The same, by a clock; by their own where one is known already. */
    public Owner by(@Nullable ZoneId clock) {
        return zone == null && clock != null ? new Owner(name, source, clock) : this;
    }

    /**
     * Whether a source named them that others than whoever reviews the configuration can write to: a tag, whoever made the
     * user, a contact of the account. Such an owner is told of a key, and never where a secret lies.
     */
    public boolean byHearsay() {
        return source.startsWith("tag ") || source.equals("cloudtrail") || source.startsWith("account ");
    }
}
