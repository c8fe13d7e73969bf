package io.keyturn.adapters.mail;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.message.Readable;
import io.keyturn.engine.port.MailCarrier.Handing;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/** What a mail server's refusals and silences mean. */
final class SmtpAnswers {
    private static final int SAID = 200;

    private final String tried;
    private final String place;

    SmtpAnswers(String tried, String place) {
        this.tried = tried;
        this.place = place;
    }

    /** Why there is no connection to it: nothing was sent. */
    Problem unconnected(MessagingException failure) {
        return switch (failure) {
            case AuthenticationFailedException e ->
                problem("it did not let Keyturn log in", "check user and password of channels.email.smtp");
            case MailConnectException e
            when causedBy(e, UnknownHostException.class) ->
                problem("its name is not known to DNS", "check channels.email.smtp.host");
            case MailConnectException e ->
                problem("it accepts no connection", "check network, firewall, host and port");
            case MessagingException e
            when causedBy(e, SSLException.class) ->
                problem(
                        "there is no trusted TLS connection to it",
                        "check its certificate, which has to show this name, and tls of channels.email.smtp");
            case MessagingException e
            when String.valueOf(e.getMessage()).contains("STARTTLS") ->
                problem("it offers no TLS", "let it offer STARTTLS, or write tls: implicit with its port for that");
            case MessagingException e ->
                problem(
                        "it broke off before there was anything to send",
                        "check host, port and tls of channels.email.smtp");
        };
    }

    /** What became of a letter that met this failure; {@code given} says whether its end had been written. */
    Handing failed(MessagingException failure, boolean given) {
        for (Exception e = failure; e instanceof MessagingException next; e = next.getNextException()) {
            switch (next) {
                case SMTPAddressFailedException refused
                when refused.getReturnCode() >= 500 -> {
                    return new Handing.Unreachable(problem(
                            "it answered " + said(refused) + " to " + refused.getAddress(), "name another address"));
                }
                case SMTPAddressFailedException later
                when later.getReturnCode() >= 400 -> {
                    return new Handing.Refused(
                            problem("it answered " + said(later) + " to " + later.getAddress(), "it is tried again"));
                }
                case SMTPSendFailedException refused
                when refused.getReturnCode() >= 400 -> {
                    boolean sender = String.valueOf(refused.getCommand()).startsWith("MAIL");
                    return new Handing.Refused(problem(
                            "it answered " + said(refused) + (sender ? " to the sender" : ""),
                            sender ? "let it take letters from channels.email.from" : "look into its log"));
                }
                default -> {
                    // Says less than what it wraps.
                }
            }
        }
        return given
                ? new Handing.InDoubt(
                        problem("the connection ended before it answered", "whether it took the letter is not known"))
                : new Handing.Refused(
                        problem("the connection ended before the letter was given to it", "check network"));
    }

    /** The server's own words, on one line. */
    private static String said(MessagingException e) {
        return Readable.cut(Readable.line(String.valueOf(e.getMessage()).strip()), SAID);
    }

    private static boolean causedBy(MessagingException failure, Class<? extends Exception> kind) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            if (kind.isInstance(e)) {
                return true;
            }
        }
        return false;
    }

    private Problem problem(String why, String advice) {
        return new Problem(tried, place, why, advice);
    }
}
