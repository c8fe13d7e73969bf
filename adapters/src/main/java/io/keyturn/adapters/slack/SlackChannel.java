package io.keyturn.adapters.slack;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Leave;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Slack by a bot token: to members by ID or mail address, and to channels. A message counts as placed where Slack took it
 * for a channel or for a member who is active, which is looked up before. It can be used by several threads.
 */
public final class SlackChannel implements Channel {
    /** Its word in configuration. */
    public static final String NAME = "slack";

    private static final String POST = "chat.postMessage";
    private static final String UPDATE = "chat.update";

    private final SlackAccess access;
    private final SlackApi api;
    private final Directory directory;
    private final Turns turns;
    private final boolean looksUp;

    public SlackChannel(SlackAccess access) {
        this(access, true);
    }

    /**
     * Opens no connection yet.
     *
     * @param looksUp whether it is looked up first who somebody is; else a message goes to whatever is named, needs no scope
     *     but {@code chat:write}, and counts as handed over
     */
    public SlackChannel(SlackAccess access, boolean looksUp) {
        this.access = access;
        this.looksUp = looksUp;
        this.api = access.api();
        this.directory = new Directory(api);
        this.turns = new Turns(access.clock(), access.pause(), access.most());
    }

    /** Whether that is written as Slack's recipients are: a member's or channel's ID, a mail address, or a channel's name. */
    public static boolean reaches(String recipient) {
        return !(Recipient.of(recipient) instanceof Recipient.Nobody);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        if (!looksUp) {
            Sending sending = post(dispatch.recipient(), dispatch);
            return sending instanceof Sending.Taken(Placement placed, String recipient, String reference)
                    ? new Sending.Taken(Placement.HANDED_OVER, recipient, reference)
                    : sending;
        }
        return switch (Recipient.of(dispatch.recipient())) {
            case Recipient.Conversation(String name) -> post(name, dispatch);
            case Recipient.Person(String id) -> sendTo(directory.byId(id), dispatch);
            case Recipient.Mail(String address) -> sendTo(directory.byMail(address), dispatch);
            case Recipient.Nobody(Problem problem) -> new Sending.Unreachable(problem);
        };
    }

    /** As the member says whom {@link #send} will look up as well. */
    @Override
    public Optional<ZoneId> zone(String recipient) throws InterruptedException {
        if (!looksUp) {
            return Optional.empty();
        }
        Directory.Lookup lookup = switch (Recipient.of(recipient)) {
            case Recipient.Person(String id) -> directory.byId(id);
            case Recipient.Mail(String address) -> directory.byMail(address);
            case Recipient.Conversation channel -> null;
            case Recipient.Nobody nobody -> null;
        };
        return lookup instanceof Directory.Lookup.Found(Member member)
                ? Optional.ofNullable(member.zone())
                : Optional.empty();
    }

    private Sending sendTo(Directory.Lookup lookup, Dispatch dispatch) throws InterruptedException {
        return switch (lookup) {
            case Directory.Lookup.Absent(Problem problem) -> new Sending.Unreachable(problem);
            case Directory.Lookup.Failed(Problem problem) -> new Sending.Refused(problem);
            case Directory.Lookup.Found(Member member) ->
                switch (member.state()) {
                    case ACTIVE -> post(member.id(), dispatch);
                    case DEACTIVATED -> unread(dispatch, "they are deactivated in Slack", "name another owner");
                    case INVITED ->
                        unread(dispatch, "they have been invited to Slack and have not come yet", "ask them to");
                    case BOT -> unread(dispatch, "that is an app", "name a person or a channel");
                };
        };
    }

    private static Sending unread(Dispatch dispatch, String why, String advice) {
        return new Sending.Unreachable(new Problem("send a message", Recipient.on(dispatch.recipient()), why, advice));
    }

    private Sending post(String target, Dispatch dispatch) throws InterruptedException {
        ObjectNode body = Rendering.of(dispatch.message()).json();
        String on = Recipient.on(dispatch.recipient());
        Reference root = Reference.of(dispatch.thread()).orElse(null);
        if (root != null) {
            Reply reply =
                    post(target, body.put("channel", root.channel()).put("thread_ts", root.ts()), on, dispatch.leave());
            if (!threadLost(reply)) {
                return sending(reply, target, root);
            }
            // It was surely not sent: a new thread is better than silence.
            body.remove("thread_ts");
        }
        return sending(post(target, body.put("channel", target), on, dispatch.leave()), target, null);
    }

    private static boolean threadLost(Reply reply) {
        return reply instanceof Reply.Refused(String error, Problem problem)
                && (SlackErrors.isOfThread(error) || SlackErrors.isOfRecipient(error));
    }

    private Reply post(String target, ObjectNode body, String on, Leave leave) throws InterruptedException {
        return turns.await(target) ? api.post(POST, body, on, leave) : new Reply.Refused("", crowded(POST, on));
    }

    private static Problem crowded(String method, String on) {
        return new Problem(
                "use " + method,
                on,
                "Slack takes one message a second for it, and too many wait already",
                "the next run tries again");
    }

    private static Sending sending(Reply reply, String target, @Nullable Reference root) {
        return switch (reply) {
            case Reply.Done done -> {
                String channel = done.body().path("channel").asString(target);
                String ts = done.body().path("ts").asString("");
                // A channel that was named is known by its ID from now on; a member stays who they are.
                String recipient = target.startsWith("#") ? channel : target;
                Reference first = root == null ? new Reference(channel, ts) : root;
                yield new Sending.Taken(Placement.PLACED, recipient, ts.isEmpty() ? null : first.written());
            }
            case Reply.Refused(String error, Problem problem) ->
                SlackErrors.isOfRecipient(error) ? new Sending.Unreachable(problem) : new Sending.Refused(problem);
            case Reply.Doubtful(Problem problem) -> new Sending.InDoubt(problem);
        };
    }

    /**
     * Puts another message in the place of one that was sent, such as that the key is well again. Doing so twice does no
     * harm.
     *
     * @param reference what {@link #send} answered; the first message of its thread is changed
     * @param leave asked right before each time it is sent
     */
    public Sending amend(String reference, Message message, Leave leave) throws InterruptedException {
        Reference first = Reference.of(reference).orElse(null);
        if (first == null) {
            return new Sending.Refused(new Problem(
                    "use " + UPDATE, Recipient.on(reference), "that is no reference to a message in Slack", ""));
        }
        ObjectNode body = Rendering.of(message).json();
        body.remove(List.of("unfurl_links", "unfurl_media"));
        body.put("channel", first.channel()).put("ts", first.ts());
        String on = Recipient.on(first.channel());
        if (!turns.await(first.channel())) {
            return new Sending.Refused(crowded(UPDATE, on));
        }
        return sending(api.post(UPDATE, body, on, leave), first.channel(), first);
    }

    @Override
    public Closing closing() {
        return Closing.ALWAYS;
    }

    /** The messages about these keys alone say it in their own place, and one line ends the thread. */
    @Override
    public Sending close(Dispatch dispatch, List<String> whole) throws InterruptedException {
        for (String reference : whole) {
            // Where a message can no longer be changed the line in its thread says it.
            amend(reference, dispatch.message(), dispatch.leave());
        }
        String on = Recipient.on(dispatch.recipient());
        Reference root = Reference.of(dispatch.thread()).orElse(null);
        if (root == null) {
            return new Sending.Unreachable(new Problem("use " + POST, on, "the thread to end is not known", ""));
        }
        ObjectNode line = Rendering.line(dispatch.message())
                .json()
                .put("channel", root.channel())
                .put("thread_ts", root.ts());
        Reply reply = post(root.channel(), line, on, dispatch.leave());
        return reply instanceof Reply.Refused(String error, Problem problem) && threadLost(reply)
                ? new Sending.Unreachable(problem)
                : sending(reply, dispatch.recipient(), root);
    }

    @Override
    public String preview(Dispatch dispatch) {
        ObjectNode body = Rendering.of(dispatch.message()).json();
        String recipient = dispatch.recipient();
        Reference.of(dispatch.thread())
                .ifPresentOrElse(
                        root -> body.put("channel", root.channel()).put("thread_ts", root.ts()),
                        () -> body.put("channel", recipient));
        return Form.shown(body);
    }

    @Override
    public void close() {
        access.close();
    }
}
