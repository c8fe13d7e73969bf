package io.keyturn.proof.look;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import no.nav.security.mock.oauth2.http.Ssl;

/** What ends TLS in front of the server, with a certificate that nobody signed. */
final class TlsFront implements AutoCloseable {
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    TlsFront() throws IOException {
        listening = new Ssl().sslContext().getServerSocketFactory().createServerSocket(0, 64, loopback());
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** The name of its address, and of the server behind it. */
    String host() {
        return "localhost:" + listening.getLocalPort();
    }

    /** Hands everything on to there. */
    void to(InetSocketAddress server) {
        Thread.startVirtualThread(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket in = listening.accept();
                    Socket on = new Socket(server.getAddress(), server.getPort());
                    open.add(in);
                    open.add(on);
                    Thread.startVirtualThread(() -> copy(in, on));
                    Thread.startVirtualThread(() -> copy(on, in));
                } catch (IOException e) {
                    // One of the two ended; whoever still asks finds out.
                    continue;
                }
            }
        });
    }

    private void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // A browser that needs a connection no more ends it as it likes.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
