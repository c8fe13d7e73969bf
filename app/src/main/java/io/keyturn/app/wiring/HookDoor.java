package io.keyturn.app.wiring;

import io.keyturn.adapters.pagerduty.PagerDuty;
import io.keyturn.adapters.teams.Teams;
import io.keyturn.adapters.web.Hook;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Reach;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.adapters.webhook.Webhook;
import io.keyturn.app.config.Channels;
import io.keyturn.engine.port.Alarm;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretReference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Makes the channels that post to one address: the webhook, Teams and PagerDuty. None opens a connection yet. */
final class HookDoor {
    /** How long a service may ask to be left alone. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final ChannelSecrets secrets;

    HookDoor(Map<String, String> environment, InstantSource clock) {
        this.environment = environment;
        this.clock = clock;
        this.secrets = new ChannelSecrets(environment);
    }

    Channel webhook(Channels.Webhook webhook) {
        String place = "channels.webhook";
        try {
            SecretReference signing = webhook.secret();
            Secret key = signing == null ? null : secrets.secret(place + ".secret", signing);
            return new Webhook(hook(place, webhook.url(), webhook.privateAddresses()), key, clock);
        } catch (SlackDoor.Unusable e) {
            return new MuteChannel("webhook", String.valueOf(e.getMessage()));
        }
    }

    Channel teams(Channels.Teams teams) {
        try {
            return new Teams(hook("channels.teams", teams.url(), false));
        } catch (SlackDoor.Unusable e) {
            return new MuteChannel("teams", String.valueOf(e.getMessage()));
        }
    }

    /** @throws SlackDoor.Unusable where its key is not there */
    Alarm pagerDuty(Channels.PagerDuty pager) throws SlackDoor.Unusable {
        Secret key = secrets.secret("channels.pagerduty.routing-key", pager.routingKey());
        return new PagerDuty(calls(false), patience(), PagerDuty.EVENTS, key);
    }

    private Hook hook(String place, SecretReference url, boolean privateAddresses) throws SlackDoor.Unusable {
        return new Hook(place, calls(privateAddresses), patience(), secrets.secret(place + ".url", url));
    }

    private Patience patience() {
        return new Patience(clock, Thread::sleep, PATIENCE);
    }

    private WebCalls calls(boolean privateAddresses) {
        String version = HookDoor.class.getPackage().getImplementationVersion();
        boolean loopback = "1".equals(environment.get(SlackDoor.LOOPBACK));
        return new WebCalls(version == null ? "development" : version, new Reach(privateAddresses, loopback));
    }
}
