package io.keyturn.adapters.mail;

import io.keyturn.adapters.mail.SmtpServer.Login;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** One conversation with a mail server, which knows whether a letter has been given away. */
final class SmtpConnection extends SMTPTransport {
    private static final String CONNECT = "10000";
    private static final String ANSWER = "30000";

    private final SmtpServer server;
    private boolean given;

    private SmtpConnection(Session session, SmtpServer server) {
        super(
                session,
                new URLName(protocol(server), server.host(), server.port(), null, null, null),
                protocol(server),
                server.implicit());
        this.server = server;
    }

    /**
     * Connects, begins TLS and logs in.
     *
     * @param trusted whom to trust; null for whom Java trusts
     * @param from address that letters that come back go to
     */
    static SmtpConnection open(SmtpServer server, @Nullable SSLContext trusted, String from) throws MessagingException {
        SmtpConnection connection = new SmtpConnection(Session.getInstance(settings(server, trusted, from)), server);
        Login login = server.login();
        if (login == null) {
            connection.connect();
        } else {
            connection.connect(
                    server.host(), server.port(), login.user(), login.password().reveal());
        }
        return connection;
    }

    private static String protocol(SmtpServer server) {
        return server.implicit() ? "smtps" : "smtp";
    }

    private static Properties settings(SmtpServer server, @Nullable SSLContext trusted, String from) {
        Properties settings = new Properties();
        String prefix = "mail." + protocol(server) + ".";
        settings.put(prefix + "connectiontimeout", CONNECT);
        settings.put(prefix + "timeout", ANSWER);
        settings.put(prefix + "writetimeout", ANSWER);
        settings.put(prefix + "from", from);
        settings.put(prefix + "auth", String.valueOf(server.login() != null));
        settings.put(prefix + "starttls.enable", "true");
        settings.put(prefix + "starttls.required", String.valueOf(!mayBePlain(server)));
        settings.put(prefix + "ssl.checkserveridentity", "true");
        settings.put(prefix + "ssl.protocols", "TLSv1.2 TLSv1.3");
        if (trusted != null) {
            settings.put(prefix + "ssl.socketFactory", trusted.getSocketFactory());
        }
        return settings;
    }

    private static boolean mayBePlain(SmtpServer server) {
        try {
            return server.plainLoopback()
                    && Arrays.stream(InetAddress.getAllByName(server.host())).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether the end of a letter was written: from then on the server may have it. */
    boolean given() {
        return given;
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        given = true;
        super.finishData();
    }

    @Override
    public String toString() {
        return "connection to " + server.place();
    }
}
