package io.keyturn.core.assess;

/**
 * Who answers for a key.
 *
 * @param name as the channel names them: a Slack ID or channel, a mail address, a team
 * @param source the link of the chain that answered, such as {@code tag Slack}
 */
public record Owner(String name, String source) {
    /**
     * Whether a source named them that others than whoever reviews the configuration can write to: a tag, whoever made the
     * user, a contact of the account. Such an owner is told of a key, and never where a secret lies.
     */
    public boolean byHearsay() {
        return source.startsWith("tag ") || source.equals("cloudtrail") || source.startsWith("account ");
    }
}
