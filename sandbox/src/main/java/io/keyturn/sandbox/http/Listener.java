package io.keyturn.sandbox.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Listens on the loopback interface; a thread a connection. Not the JDK's server: that one sends the real clock's Date
 * whatever is asked of it (docs/decisions/0006-the-sandbox-speaks-http-itself.md).
 */
final class Listener implements AutoCloseable {
    private final ServerSocket socket;
    private final Talk talk;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Talks with one client until either ends it. */
    interface Talk {
        void with(Connection connection) throws IOException, InterruptedException;
    }

    private Listener(ServerSocket socket, Talk talk) {
        this.socket = socket;
        this.talk = talk;
    }

    static Listener start(int port, Talk talk) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        Listener listener = new Listener(socket, talk);
        Thread.ofPlatform().daemon().name("sandbox-door").start(listener::accept);
        return listener;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                open.add(client);
                Thread.ofPlatform().daemon().name("sandbox-client").start(() -> serve(client));
            } catch (IOException e) {
                // Closed, or a client that was gone before it was let in.
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            talk.with(new Connection(client));
        } catch (IOException e) {
            // The client is gone: nobody is left to be told.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            // What cannot be closed ends with the process.
        }
    }
}
