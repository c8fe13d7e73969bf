package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.mail.SesMail;
import io.keyturn.app.config.Channels;
import io.keyturn.app.render.NoticeLetter;
import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.MailAddress;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.MailCarrier;
import io.keyturn.engine.port.Notifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells owners by mail, where mail is configured and the owner is a mail address. */
final class Letters implements Notifier, AutoCloseable {
    private static final String EMAIL = "email";

    private final Channels.@Nullable Email email;
    private final @Nullable MailCarrier carrier;
    private final InstantSource clock;

    Letters(Channels channels, Map<String, String> environment, InstantSource clock) {
        this.email = channels.email();
        this.clock = clock;
        this.carrier = email == null ? null : new SesMail(environment, region(email, environment));
    }

    /** Where SES is used. */
    static String region(Channels.Email email, Map<String, String> environment) {
        String named = email.via() instanceof Channels.Via.Ses(String region) ? region : null;
        return named != null
                ? named
                : new AwsEnvironment(environment).regionOrProfiles().orElse("us-east-1");
    }

    /** Channels at which a message that was merely handed over counts as placed. */
    static Set<String> enough(Channels channels) {
        return channels.email() != null && channels.email().handedOverSuffices() ? Set.of(EMAIL) : Set.of();
    }

    @Override
    public Receipt tell(Notice notice) throws InterruptedException {
        String to = notice.owner().name();
        if (carrier == null || email == null) {
            return failed(to, "no channel is configured that could tell them", "configure channels.email");
        }
        if (!MailAddress.looksLike(to)) {
            return failed(to, "that is no mail address, and mail is the one channel there is", "name an address");
        }
        NoticeLetter letter = new NoticeLetter(notice, clock.instant());
        return switch (carrier.hand(
                new MailCarrier.Letter(email.from(), List.of(to), letter.subject(), letter.text()))) {
            case MailCarrier.Handing.Taken(String reference) ->
                new Receipt(EMAIL, to, Placement.HANDED_OVER, reference, null);
            case MailCarrier.Handing.NotTaken(Problem problem) ->
                new Receipt(EMAIL, to, Placement.FAILED, null, problem);
        };
    }

    private static Receipt failed(String to, String why, String advice) {
        return new Receipt(EMAIL, to, Placement.FAILED, null, new Problem("tell the owner", to, why, advice));
    }

    @Override
    public Placement placement(String channel, String recipient, @Nullable String reference, Instant sent)
            throws InterruptedException {
        return carrier == null || !channel.equals(EMAIL) ? Placement.HANDED_OVER : carrier.placement(recipient, sent);
    }

    @Override
    public void close() {
        if (carrier != null) {
            carrier.close();
        }
    }
}
