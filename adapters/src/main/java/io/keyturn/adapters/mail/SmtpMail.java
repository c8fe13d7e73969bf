package io.keyturn.adapters.mail;

import io.keyturn.core.model.Placement;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.checkup.Check;
import io.keyturn.engine.port.Leave;
import io.keyturn.engine.port.MailCarrier;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Mail by a mail server, through TLS, a connection a letter. What becomes of a letter that it took is not seen: what comes
 * back goes to the sender's mailbox.
 */
public final class SmtpMail implements MailCarrier {
    private static final String CHECK = "mail by SMTP";

    private final SmtpServer server;
    private final @Nullable SSLContext trusted;
    private final SmtpAnswers answers;

    /** Opens nothing. */
    public SmtpMail(SmtpServer server) {
        this(server, null);
    }

    SmtpMail(SmtpServer server, @Nullable SSLContext trusted) {
        this.server = server;
        this.trusted = trusted;
        this.answers = new SmtpAnswers("use the mail", server.place());
    }

    @Override
    public Handing hand(Letter letter, Leave leave) {
        SmtpConnection connection;
        try {
            connection = SmtpConnection.open(server, trusted, letter.from());
        } catch (MessagingException e) {
            return new Handing.Refused(answers.unconnected(e));
        }
        try {
            Optional<Problem> refused = leave.refused();
            if (refused.isPresent()) {
                return new Handing.Refused(refused.get());
            }
            connection.sendMessage(mime(letter), new Address[] {new InternetAddress(letter.to(), true)});
            return new Handing.Taken(letter.messageId());
        } catch (MessagingException e) {
            return answers.failed(e, connection.given());
        } finally {
            leave(connection);
        }
    }

    /** As it is: nothing of it is made anew. */
    private static MimeMessage mime(Letter letter) throws MessagingException {
        return new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(letter.mime().getBytes(StandardCharsets.US_ASCII)));
    }

    private static void leave(SmtpConnection connection) {
        try {
            connection.close();
        } catch (MessagingException e) {
            // What became of the letter is known by now, and nothing is kept open.
        }
    }

    /** Connects, begins TLS and logs in, and sends nothing. */
    public Check check(String from) {
        try {
            SmtpConnection connection = SmtpConnection.open(server, trusted, from);
            leave(connection);
            return Check.works(
                    null,
                    CHECK,
                    "by " + server.place() + (server.login() == null ? "" : ", which lets Keyturn log in"));
        } catch (MessagingException e) {
            Problem problem = answers.unconnected(e);
            return Check.fails(null, CHECK, server.place() + ": " + problem.why() + "; " + problem.advice());
        }
    }

    @Override
    public Placement placement(String to, Instant sent) {
        return Placement.HANDED_OVER;
    }

    @Override
    public void close() {
        // Each letter closes its own connection.
    }
}
