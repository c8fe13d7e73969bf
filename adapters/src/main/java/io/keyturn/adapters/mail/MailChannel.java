package io.keyturn.adapters.mail;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.MailCarrier;
import io.keyturn.engine.port.MailCarrier.Handing;
import io.keyturn.engine.port.MailCarrier.Letter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Mail to one address a message: plain text and HTML, in the thread of the earlier letter. */
public final class MailChannel implements Channel {
    private final MailCarrier carrier;
    private final Sender sender;
    private final InstantSource clock;
    private final LetterTemplates templates = new LetterTemplates();

    /** @param carrier closed with the channel */
    public MailChannel(MailCarrier carrier, Sender sender, InstantSource clock) {
        this.carrier = carrier;
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "email";
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        String to = dispatch.recipient();
        if (!Address.isPlain(to)) {
            return new Sending.Unreachable(new Problem(
                    "write a letter to the address",
                    to,
                    "that is no mail address that can be written to",
                    "name one such as ann@example.com"));
        }
        return switch (carrier.hand(letter(dispatch), dispatch.leave())) {
            case Handing.Taken(String messageId) -> new Sending.Taken(Placement.HANDED_OVER, to, messageId);
            case Handing.Unreachable(Problem problem) -> new Sending.Unreachable(problem);
            case Handing.Refused(Problem problem) -> new Sending.Refused(problem);
            case Handing.InDoubt(Problem problem) -> new Sending.InDoubt(problem);
        };
    }

    /** A mailbox is no place for what happens as it was announced. */
    @Override
    public Closing closing() {
        return Closing.IF_WITHDRAWN;
    }

    private Letter letter(Dispatch dispatch) {
        return Mime.letter(
                sender,
                dispatch.recipient(),
                messageId(dispatch),
                dispatch.thread(),
                clock.instant(),
                dispatch.message().headline(),
                templates.text(dispatch.message()),
                templates.html(dispatch.message()));
    }

    /** The same when it is sent again, so that a mailbox that got it twice can tell. */
    private String messageId(Dispatch dispatch) {
        String what = dispatch.message().id() + "\n" + dispatch.recipient();
        return "<keyturn." + UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)) + "@" + sender.domain()
                + ">";
    }

    /** The headers that people see, the plain text, and the HTML, before they are encoded for the way. */
    @Override
    public String preview(Dispatch dispatch) {
        String follows = dispatch.thread() == null ? "" : "In-Reply-To: " + Readable.line(dispatch.thread()) + "\n";
        return "From: Keyturn <" + sender.from() + ">\nTo: " + Readable.line(dispatch.recipient()) + "\nSubject: "
                + Mime.subject(dispatch.message().headline()) + "\n" + follows + "\n"
                + templates.text(dispatch.message()) + "\n" + templates.html(dispatch.message());
    }

    @Override
    public String page(Dispatch dispatch) {
        return templates.html(dispatch.message());
    }

    @Override
    public Placement placement(String recipient, @Nullable String reference, Instant sent) throws InterruptedException {
        return carrier.placement(recipient, sent);
    }

    @Override
    public void close() {
        carrier.close();
    }
}
