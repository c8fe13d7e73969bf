package io.keyturn.adapters.mail;

import io.keyturn.engine.port.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A mail server that takes letters for others.
 *
 * @param login null for a server that asks for none
 * @param implicit whether TLS begins with the connection, rather than by STARTTLS
 * @param plainLoopback whether a server on this machine may do without TLS: for trying things out
 */
public record SmtpServer(String host, int port, @Nullable Login login, boolean implicit, boolean plainLoopback) {
    /** Who logs in. */
    public record Login(String user, Secret password) {}

    /** Host and port, as people are told. */
    String place() {
        return host + ":" + port;
    }
}
