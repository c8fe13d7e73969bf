package io.keyturn.adapters.slack;

import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How Slack's Web API is reached.
 *
 * @param base address that the names of the methods follow, ending with a slash, such as {@link #SLACK}
 * @param token of the app's bot
 * @param calls may be shared; closed with this, and by a channel
 * @param most the longest that one message waits for Slack's rate rules
 */
public record SlackAccess(
        URI base, Secret token, WebCalls calls, InstantSource clock, Patience.Pause pause, Duration most)
        implements AutoCloseable {
    /** Slack's own address. */
    public static final URI SLACK = URI.create("https://slack.com/api/");

    /** What {@code most} is where nothing else is said. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    public SlackAccess {
        if (!base.toString().endsWith("/")) {
            base = URI.create(base + "/");
        }
    }

    /** Closes the connections. */
    @Override
    public void close() {
        calls.close();
    }

    SlackApi api() {
        return new SlackApi(base, token, calls::send, new Patience(clock, pause, most));
    }
}
