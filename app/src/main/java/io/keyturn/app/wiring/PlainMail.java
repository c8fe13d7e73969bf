package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.mail.SesMail;
import io.keyturn.app.config.Channels;
import io.keyturn.app.render.MessageText;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.MailCarrier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Mail in plain text. */
final class PlainMail implements Channel {
    static final String NAME = "email";

    private final Channels.Email email;
    private final MailCarrier carrier;

    PlainMail(Channels.Email email, Map<String, String> environment) {
        this.email = email;
        this.carrier = new SesMail(environment, region(email, environment));
    }

    /** Where SES is used. */
    static String region(Channels.Email email, Map<String, String> environment) {
        String named = email.via() instanceof Channels.Via.Ses(String region) ? region : null;
        return named != null
                ? named
                : new AwsEnvironment(environment).regionOrProfiles().orElse("us-east-1");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        MailCarrier.Letter letter = new MailCarrier.Letter(
                email.from(),
                List.of(dispatch.recipient()),
                MessageText.line(dispatch.message().headline()),
                MessageText.of(dispatch.message()));
        return switch (carrier.hand(letter)) {
            case MailCarrier.Handing.Taken(String reference) ->
                new Sending.Taken(Placement.HANDED_OVER, dispatch.recipient(), reference);
            case MailCarrier.Handing.NotTaken(Problem problem) -> new Sending.Refused(problem);
        };
    }

    @Override
    public String preview(Dispatch dispatch) {
        return "To: " + dispatch.recipient() + "\nFrom: " + email.from() + "\nSubject: "
                + MessageText.line(dispatch.message().headline()) + "\n\n" + MessageText.of(dispatch.message());
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
