package io.keyturn.app.wiring;

import io.keyturn.app.config.Channels;
import io.keyturn.app.config.LocalSecrets;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretReference;
import java.util.Map;
import java.util.Optional;

/** The secrets that channels need, looked up when a channel is opened. */
final class ChannelSecrets {
    private final LocalSecrets local;

    ChannelSecrets(Map<String, String> environment) {
        this.local = new LocalSecrets(name -> Optional.ofNullable(environment.get(name)));
    }

    /**
     * The secret at a key of the configuration, such as {@code channels.webhook.url}.
     *
     * @throws SlackDoor.Unusable where it is not there
     */
    Secret secret(String key, SecretReference reference) throws SlackDoor.Unusable {
        try {
            return new Secret(local.resolve(reference));
        } catch (LocalSecrets.Missing e) {
            throw new SlackDoor.Unusable(key + ": " + reference.written() + " " + e.what() + "; " + e.right());
        }
    }

    /** A text that may be kept as a secret. */
    String text(String key, Channels.Given given) throws SlackDoor.Unusable {
        return switch (given) {
            case Channels.Given.Plain(String text) -> text;
            case Channels.Given.Referenced(SecretReference reference) ->
                secret(key, reference).reveal();
        };
    }
}
