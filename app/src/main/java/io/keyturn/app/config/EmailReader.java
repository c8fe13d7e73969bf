package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code channels.email}: who writes, and what carries it. */
final class EmailReader {
    static final List<String> KEYS =
            List.of("from", "via", "region", "smtp", "reply-to", "unsubscribe", "allowed-domains", "accept");

    /** Without quotes, comments and other alphabets: a header bears it as it is. */
    private static final Pattern MAIL = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+");

    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)+|\\*");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern PORT = Pattern.compile("[1-9][0-9]{0,4}");
    private static final Pattern USER = Pattern.compile("[\\x20-\\x7e]{1,256}");
    private static final int SUBMISSION = 587;
    private static final int IMPLICIT = 465;

    private final SecretReader secrets;

    EmailReader(SecretReader secrets) {
        this.secrets = secrets;
    }

    Channels.@Nullable Email read(Fields f) {
        f.require("name the address that mail is sent from", "from");
        String from = address(f, "from");
        Channels.Via via = via(f);
        String replyTo = address(f, "reply-to");
        String unsubscribe = address(f, "unsubscribe");
        List<String> domains =
                f.texts("allowed-domains", DOMAIN, "is not a domain", "write for example example.com, without @");
        boolean handedOver =
                f.word("accept", List.of("handed-over"), word -> word, "").equals("handed-over");
        return from == null || via == null
                ? null
                : new Channels.Email(from, via, replyTo, unsubscribe, domains, handedOver);
    }

    private static @Nullable String address(Fields f, String key) {
        return f.text(key, MAIL, ChannelsReader.NO_MAIL, ChannelsReader.RIGHT_MAIL);
    }

    private Channels.@Nullable Via via(Fields f) {
        String region = ChannelsReader.region(f, "region");
        Optional<Fields> smtp = f.mapping("smtp", List.of("host", "port", "user", "password", "tls"));
        String via = f.word("via", List.of("ses", "smtp"), word -> word, smtp.isPresent() ? "smtp" : "ses");
        if (via.equals("ses")) {
            smtp.ifPresent(server -> {
                unused(f, "smtp", "mail goes by SES");
                smtp(server);
            });
            return new Channels.Via.Ses(region);
        }
        if (f.has("region")) {
            unused(f, "region", "mail goes by SMTP");
        }
        if (smtp.isEmpty()) {
            f.require("say which server, such as smtp: {host: mail.example.com}", "smtp");
            return null;
        }
        return smtp(smtp.get());
    }

    private static void unused(Fields f, String key, String why) {
        f.tree.warn(f.node(key), f.at(key), "is not used, for " + why, "change via, or leave it out");
    }

    private Channels.@Nullable Via smtp(Fields f) {
        f.require("name the mail server, such as mail.example.com", "host");
        String host = f.text("host", HOST, "is not the name of a host", "write for example mail.example.com");
        Integer written = port(f);
        boolean implicit = f.word(
                        "tls",
                        List.of("starttls", "implicit"),
                        word -> word,
                        written != null && written == IMPLICIT ? "implicit" : "starttls")
                .equals("implicit");
        Channels.Via.Login login = login(f);
        int port = written != null ? written : implicit ? IMPLICIT : SUBMISSION;
        return host == null ? null : new Channels.Via.Smtp(host, port, login, implicit);
    }

    private static @Nullable Integer port(Fields f) {
        if (!f.has("port")) {
            return null;
        }
        String text = Fields.text(f.node("port"));
        if (Fields.isNumber(f.node("port")) && Fields.fits(text, PORT) && Integer.parseInt(text) <= 65535) {
            return Integer.valueOf(text);
        }
        f.bad("port", "is not a port", "write for example 587");
        return null;
    }

    private Channels.Via.@Nullable Login login(Fields f) {
        Channels.Given user = secrets.given(
                f, "user", USER, "is not a name to log in with", "write it, or a reference such as ${env:NAME}");
        SecretReference password = secrets.reference(f, "password");
        if (f.has("user") != f.has("password")) {
            f.require("user and password go together", "user", "password");
        }
        return user == null || password == null ? null : new Channels.Via.Login(user, password);
    }
}
