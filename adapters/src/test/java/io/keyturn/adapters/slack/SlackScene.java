package io.keyturn.adapters.slack;

import io.keyturn.adapters.web.Reach;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel.Dispatch;
import io.keyturn.engine.port.Channel.Sending;
import io.keyturn.engine.port.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A workspace, its double and a channel into it, on a clock that only pauses move. */
final class SlackScene implements AutoCloseable {
    static final String KHAN = "U0FERNHILL1";
    static final String CHANNEL = "C0SECURITY1";

    final List<Duration> pauses = new ArrayList<>();
    final SlackWorkspace workspace = new SlackWorkspace(this::now);
    final SlackDouble slack;
    final WebCalls calls = new WebCalls("test", new Reach(false, true));
    final SlackAccess access;
    final SlackChannel channel;
    private Instant now = Instant.parse("2026-11-23T08:12:00Z");

    SlackScene() throws IOException {
        slack = new SlackDouble(workspace);
        workspace.member(KHAN, "b.khan", "b.khan@fernhill.example");
        workspace.channels.put("cloud-security", CHANNEL);
        access = access(SlackWorkspace.TOKEN);
        channel = new SlackChannel(access);
    }

    private synchronized Instant now() {
        return now;
    }

    private synchronized void pass(Duration time) {
        pauses.add(time);
        now = now.plus(time);
    }

    SlackAccess access(String token) {
        return new SlackAccess(slack.api(), new Secret(token), calls, this::now, this::pass, Duration.ofSeconds(60));
    }

    SlackWebhook webhook(String address) {
        return new SlackWebhook(new Secret(address), calls, this::now, this::pass, Duration.ofSeconds(60));
    }

    Sending send(String recipient) throws InterruptedException {
        return send(recipient, null);
    }

    Sending send(String recipient, String thread) throws InterruptedException {
        return channel.send(new Dispatch(Messages.oneKey(), recipient, thread));
    }

    /** Why it could not be sent, with how sure that is. */
    static String problem(Sending sending) {
        return switch (sending) {
            case Sending.Taken taken -> "taken: " + taken;
            case Sending.Unreachable(Problem problem) -> "unreachable: " + problem.sentence();
            case Sending.Refused(Problem problem) -> "refused: " + problem.sentence();
            case Sending.InDoubt(Problem problem) -> "in doubt: " + problem.sentence();
        };
    }

    @Override
    public void close() {
        calls.close();
        slack.close();
    }
}
