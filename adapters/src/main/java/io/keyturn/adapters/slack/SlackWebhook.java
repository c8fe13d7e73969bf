package io.keyturn.adapters.slack;

import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Patience;
import io.keyturn.adapters.web.Request;
import io.keyturn.adapters.web.WebAddress;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Bulletin;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Slack incoming webhook: one channel, no threads, and no word on who reads it, so that a message is merely handed over.
 * Its address is a secret, and is in no text of this class.
 */
public final class SlackWebhook implements Channel, Bulletin {
    /** Its word in journal and command line. */
    public static final String NAME = "slack-webhook";

    private static final String TRIED = "use the incoming webhook";
    private static final String ON = "Slack";
    private static final Pattern ERROR = Pattern.compile("[a-z_]{2,60}");

    private final Secret address;
    private final WebCalls calls;
    private final Patience patience;
    private final Turns turns;

    /**
     * Opens nothing yet.
     *
     * @param calls may be shared; this closes it
     * @param most the longest that one message waits for Slack's rate rules
     */
    public SlackWebhook(Secret address, WebCalls calls, InstantSource clock, Patience.Pause pause, Duration most) {
        this.address = address;
        this.calls = calls;
        this.patience = new Patience(clock, pause, most);
        this.turns = new Turns(clock, pause, most);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        return post(Rendering.of(dispatch.message()).json().toString(), dispatch.recipient(), dispatch.leave());
    }

    /**
     * Posts a message as Slack takes it.
     *
     * @param text the JSON object of Slack's
     */
    @Override
    public Sending publish(@Nullable String subject, String text, String id) throws InterruptedException {
        return post(text, NAME, Leave.GIVEN);
    }

    private Sending post(String json, String recipient, Leave leave) throws InterruptedException {
        Optional<URI> target = WebAddress.of(address.reveal());
        if (target.isEmpty()) {
            return refused("its configured address is none", "copy it again from the app's page Incoming Webhooks");
        }
        if (!turns.await(NAME)) {
            return refused("Slack takes one message a second, and too many wait already", "the next run tries again");
        }
        return switch (patience.send(calls::send, Request.json(target.get(), json), leave)) {
            case Answer.NotSent notSent -> new Sending.Refused(notSent.problem(TRIED, ON));
            case Answer.Lost lost -> new Sending.InDoubt(lost.problem(TRIED, ON));
            case Answer.Answered answered -> read(answered, recipient);
        };
    }

    private static Sending read(Answer.Answered answered, String recipient) {
        String said = answered.body().strip();
        if (answered.succeeded() && said.equals("ok")) {
            return new Sending.Taken(Placement.HANDED_OVER, recipient, null);
        }
        if (answered.status() == 429) {
            return refused("it says that it is used too often", "the next run tries again");
        }
        // Anything but a word of Slack's may repeat the address.
        String word = ERROR.matcher(said).matches() ? " (" + said + ")" : "";
        Problem problem = new Problem(TRIED, ON, "it answered with status " + answered.status() + word, advice(said));
        return answered.succeeded() || answered.status() >= 500
                ? new Sending.InDoubt(problem)
                : new Sending.Refused(problem);
    }

    /** By docs.slack.dev/messaging/sending-messages-using-incoming-webhooks, errors. */
    private static String advice(String error) {
        return switch (error) {
            case "no_service", "no_service_id", "no_team", "team_disabled", "invalid_token" ->
                "make a new incoming webhook and configure its address";
            case "channel_is_archived", "channel_not_found" -> "make an incoming webhook for another channel";
            case "action_prohibited", "posting_to_general_channel_denied" ->
                "ask an administrator of the workspace to allow it";
            default -> "check the address, and proxies on the way";
        };
    }

    private static Sending refused(String why, String advice) {
        return new Sending.Refused(new Problem(TRIED, ON, why, advice));
    }

    @Override
    public String preview(Dispatch dispatch) {
        return Form.shown(Rendering.of(dispatch.message()).json());
    }

    @Override
    public void close() {
        calls.close();
    }
}
