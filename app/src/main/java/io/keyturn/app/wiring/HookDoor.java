package io.keyturn.app.wiring;

import io.keyturn.adapters.teams.Teams;
import io.keyturn.adapters.web.Hook;
import io.keyturn.adapters.webhook.Webhook;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.ShutChannel;
import java.time.InstantSource;
import java.util.Map;

/** Makes the channels that post to one address: the webhook and Teams. None opens a connection yet. */
final class HookDoor {
    private final Map<String, String> environment;
    private final Secrets secrets;
    private final InstantSource clock;

    HookDoor(Map<String, String> environment, Secrets secrets, InstantSource clock) {
        this.environment = environment;
        this.secrets = secrets;
        this.clock = clock;
    }

    Channel webhook(Channels.Webhook webhook) {
        try {
            SecretReference signing = webhook.secret();
            Secret key = signing == null ? null : secrets.find(signing);
            return new Webhook(hook("channels.webhook", webhook.url(), webhook.privateAddresses()), key, clock);
        } catch (SecretFailure e) {
            return new ShutChannel("webhook", e.problem());
        }
    }

    Channel teams(Channels.Teams teams) {
        try {
            return new Teams(hook("channels.teams", teams.url(), false));
        } catch (SecretFailure e) {
            return new ShutChannel("teams", e.problem());
        }
    }

    private Hook hook(String place, SecretReference url, boolean privateAddresses) throws SecretFailure {
        Secret address = secrets.find(url);
        return new Hook(place, Web.calls(environment, privateAddresses), Web.patience(clock), address);
    }
}
