package io.keyturn.app.wiring;

import io.keyturn.adapters.slack.SlackAccess;
import io.keyturn.adapters.slack.SlackChannel;
import io.keyturn.adapters.slack.SlackProbe;
import io.keyturn.adapters.slack.SlackWebhook;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.WebAddress;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.app.config.Channels;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.Bulletin;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.ShutChannel;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what speaks with Slack, from the configuration and the environment. */
final class SlackDoor {
    /** Address of the Web API where it is not Slack's own, such as that of GovSlack. */
    static final String API = "KEYTURN_SLACK_API_URL";

    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Secrets secrets;

    SlackDoor(Map<String, String> environment, Secrets secrets, InstantSource clock) {
        this.environment = environment;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Why Slack cannot be used as it is configured: a sentence without secrets. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /** The configured channel; it opens no connection yet. */
    Channel open(Channels.Slack slack) {
        try {
            return switch (slack) {
                case Channels.Slack.App(SecretReference token, boolean looksUp) ->
                    new SlackChannel(access(secret("token", token), SlackDoor::pause), looksUp);
                case Channels.Slack.Hook(SecretReference webhook) -> hook(secret("webhook", webhook));
            };
        } catch (Unusable e) {
            return new ShutChannel(
                    "slack", new Problem("use the channel", "slack", String.valueOf(e.getMessage()), ""));
        }
    }

    /** Where reports are posted; opens no connection yet. One whose address cannot be had says so when it is used. */
    Bulletin bulletin(SecretReference webhook) {
        try {
            return hook(secrets.find(webhook));
        } catch (SecretFailure e) {
            return new Bulletin() {
                @Override
                public Channel.Sending publish(@Nullable String subject, String text, String id) {
                    return new Channel.Sending.Refused(e.problem());
                }

                @Override
                public void close() {
                    // Nothing was opened.
                }
            };
        }
    }

    private SlackWebhook hook(Secret address) {
        return new SlackWebhook(address, calls(), clock, SlackDoor::pause, SlackAccess.PATIENCE);
    }

    /** Whether Slack can be used; nothing is sent. */
    List<Check> checks(Channels.Slack slack) throws InterruptedException {
        if (!(slack instanceof Channels.Slack.App(SecretReference token, boolean looksUp))) {
            return List.of();
        }
        try (SlackAccess access = access(secret("token", token), SlackDoor::pause)) {
            return new SlackProbe(access).checks();
        } catch (Unusable e) {
            return List.of(Check.fails(null, "slack", String.valueOf(e.getMessage())));
        }
    }

    SlackAccess access(Secret token, Patience.Pause pause) throws Unusable {
        String configured = environment.getOrDefault(API, "");
        URI base = configured.isEmpty()
                ? SlackAccess.SLACK
                : WebAddress.of(configured)
                        .orElseThrow(() -> new Unusable(
                                API + " is not an address; write for example https://slack.com/api/, or unset it"));
        return new SlackAccess(base, token, calls(), clock, pause, SlackAccess.PATIENCE);
    }

    Secret secret(String key, SecretReference reference) throws Unusable {
        try {
            return secrets.find(reference);
        } catch (SecretFailure e) {
            throw new Unusable("channels.slack." + key + ": " + e.problem().sentence());
        }
    }

    private WebCalls calls() {
        return Web.calls(environment, false);
    }

    static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
