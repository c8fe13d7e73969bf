package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsEnvironment;
import io.keyturn.adapters.aws.mail.SesMail;
import io.keyturn.adapters.aws.mail.SesProbe;
import io.keyturn.adapters.mail.MailChannel;
import io.keyturn.adapters.mail.Sender;
import io.keyturn.adapters.mail.SmtpMail;
import io.keyturn.adapters.mail.SmtpServer;
import io.keyturn.app.config.Channels;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.MailCarrier;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.Secrets;
import io.keyturn.engine.tell.ShutChannel;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what carries mail, from the configuration and the environment. */
final class MailDoor {
    static final String NAME = "email";

    private static final String KEY = "channels.email.";

    private final Map<String, String> environment;
    private final Secrets secrets;
    private final InstantSource clock;

    MailDoor(Map<String, String> environment, Secrets secrets, InstantSource clock) {
        this.environment = environment;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** The configured channel; it opens no connection yet. */
    Channel open(Channels.Email email) {
        try {
            return new MailChannel(carrier(email.via()), sender(email), clock);
        } catch (SecretFailure e) {
            return new ShutChannel(NAME, e.problem());
        }
    }

    private static Sender sender(Channels.Email email) throws SecretFailure {
        for (String address : Stream.of(email.from(), email.replyTo(), email.unsubscribe())
                .filter(a -> a != null)
                .toList()) {
            if (!Sender.isAddress(address)) {
                throw new SecretFailure(new Problem(
                        "use the address",
                        KEY + "from, reply-to or unsubscribe",
                        "\"" + address + "\" is no address that a letter can bear",
                        "write for example keys@example.com"));
            }
        }
        return new Sender(email.from(), email.replyTo(), email.unsubscribe());
    }

    private MailCarrier carrier(Channels.Via via) throws SecretFailure {
        return switch (via) {
            case Channels.Via.Ses ses -> new SesMail(environment, region(ses));
            case Channels.Via.Smtp smtp -> new SmtpMail(server(smtp));
        };
    }

    private SmtpServer server(Channels.Via.Smtp smtp) throws SecretFailure {
        boolean loopback = "1".equals(environment.get(Web.LOOPBACK));
        return new SmtpServer(smtp.host(), smtp.port(), login(smtp.login()), smtp.implicit(), loopback);
    }

    private SmtpServer.@Nullable Login login(Channels.Via.@Nullable Login login) throws SecretFailure {
        if (login == null) {
            return null;
        }
        return new SmtpServer.Login(RunSecrets.text(login.user(), secrets), secrets.find(login.password()));
    }

    /** Where SES is used. */
    private String region(Channels.Via.Ses ses) {
        String named = ses.region();
        return named != null
                ? named
                : new AwsEnvironment(environment).regionOrProfiles().orElse("us-east-1");
    }

    /** Whether mail can be used; nothing is sent. */
    List<Check> checks(Channels.Email email) {
        try {
            sender(email);
            return switch (email.via()) {
                case Channels.Via.Ses via -> {
                    try (SesProbe ses = new SesProbe(environment, region(via))) {
                        yield ses.checks(email.from(), email.handedOverSuffices());
                    }
                }
                case Channels.Via.Smtp smtp -> smtp(new SmtpMail(server(smtp)), email);
            };
        } catch (SecretFailure e) {
            return List.of(Check.fails(null, NAME, e.problem().sentence()));
        }
    }

    private static List<Check> smtp(SmtpMail mail, Channels.Email email) {
        String unseen = "cannot be seen by SMTP: ";
        Check bounces = email.handedOverSuffices()
                ? Check.note(null, "mail that comes back", unseen + "`accept: handed-over` lets it count")
                : Check.note(
                        null,
                        "mail that comes back",
                        unseen + "no letter counts as placed, so none leads to a change without `accept: handed-over`");
        return List.of(mail.check(email.from()), bounces);
    }
}
