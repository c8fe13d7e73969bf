package io.keyturn.core.assess;

/**
 * Who answers for a key.
 *
 * @param name as the channel names them: a Slack ID or channel, a mail address, a team
 * @param source the link of the chain that answered, such as {@code tag Slack}
 */
public record Owner(String name, String source) {}
