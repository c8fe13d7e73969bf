package io.keyturn.adapters.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that speaks SMTP as RFC 5321 and 3207 say, and breaks off or refuses where it is told to. */
final class SmtpDouble implements AutoCloseable {
    /** What it answers with instead of anything: it hangs up. */
    static final String HANG_UP = "";

    /** Every line it was told, and every letter whole. */
    final List<String> told = new CopyOnWriteArrayList<>();

    final List<String> letters = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new HashMap<>();
    private final @Nullable SSLContext tls;
    private final boolean implicit;
    private final ServerSocket socket;

    /** @param tls null for a server that offers none */
    SmtpDouble(@Nullable SSLContext tls, boolean implicit) throws IOException {
        this.tls = tls;
        this.implicit = implicit;
        this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!socket.isClosed()) {
                try (Socket connection = socket.accept()) {
                    converse(connection);
                } catch (IOException e) {
                    // The client hung up, or the test is over.
                }
            }
        });
    }

    /** Answers a command so, or {@code .} for the end of a letter. */
    SmtpDouble answering(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void converse(Socket connection) throws IOException {
        Socket open = implicit ? secure(connection) : connection;
        boolean safe = implicit;
        say(open, "220 double.example.com ESMTP");
        BufferedReader lines = lines(open);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            told.add(line);
            String command = line.split(" ")[0].toUpperCase(Locale.ROOT);
            String answer = answers.getOrDefault(command, usual(command, safe));
            if (answer.isEmpty()) {
                return;
            }
            say(open, answer);
            if (command.equals("STARTTLS") && answer.startsWith("2")) {
                open = secure(open);
                lines = lines(open);
                safe = true;
            } else if (command.equals("DATA") && answer.startsWith("3")) {
                letters.add(letter(lines));
                String end = answers.getOrDefault(".", "250 2.0.0 queued");
                if (end.isEmpty()) {
                    return;
                }
                say(open, end);
            } else if (command.equals("QUIT")) {
                return;
            }
        }
    }

    private String usual(String command, boolean safe) {
        return switch (command) {
            case "EHLO" ->
                "250-double.example.com" + (tls != null && !safe ? "\r\n250-STARTTLS" : "")
                        + (safe ? "\r\n250-AUTH PLAIN" : "") + "\r\n250 SIZE 10000000";
            case "STARTTLS" -> tls == null ? "502 5.5.1 no" : "220 2.0.0 go";
            case "AUTH" -> "235 2.7.0 welcome";
            case "DATA" -> "354 go";
            case "QUIT" -> "221 2.0.0 bye";
            default -> "250 2.1.0 fine";
        };
    }

    private Socket secure(Socket plain) throws IOException {
        SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private static String letter(BufferedReader lines) throws IOException {
        StringBuilder letter = new StringBuilder();
        for (String line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            letter.append(line).append('\n');
        }
        return letter.toString();
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
