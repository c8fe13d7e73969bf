package io.keyturn.sandbox.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client's connection: HTTP/1.1 (RFC 9112) as far as AWS clients speak it. */
final class Connection {
    /** Longer requests come from no AWS client of the simulated services. */
    private static final int MOST = 32 << 20;

    private final InputStream in;
    private final OutputStream out;
    private byte[] buffer = new byte[8192];
    private int from;
    private int to;

    /** A request is no HTTP. */
    static final class Malformed extends IOException {
        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    Connection(Socket socket) throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    /** The next request; null where the client closed the connection. */
    @Nullable
    Inbound next() throws IOException {
        if (from == to && !fill()) {
            return null;
        }
        String[] first = line().split(" ");
        if (first.length != 3 || !first[2].startsWith("HTTP/1.")) {
            throw new Malformed("no HTTP/1.1 request line");
        }
        Map<String, String> headers = new HashMap<>(32);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new Malformed("a header without a colon");
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (one, other) -> one + "," + other);
        }
        if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        byte[] body = body(headers);
        int question = first[1].indexOf('?');
        return question < 0
                ? new Inbound(first[0], first[1], "", headers, body)
                : new Inbound(
                        first[0], first[1].substring(0, question), first[1].substring(question + 1), headers, body);
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int size = number(line(), 16); size > 0; size = number(line(), 16)) {
                all.writeBytes(exactly(size));
                line();
                if (all.size() > MOST) {
                    throw new Malformed("too long a body");
                }
            }
            while (!line().isEmpty()) {
                // Trailers say nothing here.
            }
            return all.toByteArray();
        }
        String length = headers.get("content-length");
        return length == null ? new byte[0] : exactly(number(length, 10));
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int end = text.indexOf(';');
            int number = Integer.parseInt((end < 0 ? text : text.substring(0, end)).strip(), radix);
            if (number >= 0 && number <= MOST) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered as any other wrong length
        }
        throw new Malformed("no length: " + text);
    }

    private String line() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    int end = at > from && buffer[at - 1] == '\r' ? at - 1 : at;
                    String line = new String(buffer, from, end - from, StandardCharsets.ISO_8859_1);
                    from = at + 1;
                    return line;
                }
            }
            int begun = at - from;
            if (!fill()) {
                throw new EOFException("the client closed the connection amid a request");
            }
            at = from + begun;
        }
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = new byte[length];
        int had = Math.min(length, to - from);
        System.arraycopy(buffer, from, bytes, 0, had);
        from += had;
        if (in.readNBytes(bytes, had, length - had) < length - had) {
            throw new EOFException("the client closed the connection amid a body");
        }
        return bytes;
    }

    /** Reads more behind what is not yet taken; false at the end. */
    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            if (to >= 256 << 10) {
                throw new Malformed("too long a header");
            }
            buffer = Arrays.copyOf(buffer, to * 2);
        }
        int got = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, got);
        return got > 0;
    }

    /**
     * Sends an answer whole.
     *
     * @param headOnly whether the body is only spoken of
     */
    void send(Reply reply, String requestId, String date, boolean headOnly, boolean close) throws IOException {
        StringBuilder head = new StringBuilder(256);
        head.append("HTTP/1.1 ").append(reply.status()).append(reply.status() < 400 ? " OK" : " Error");
        head.append("\r\nDate: ").append(date);
        if (!reply.type().isEmpty()) {
            head.append("\r\nContent-Type: ").append(reply.type());
        }
        reply.headers()
                .forEach((name, value) ->
                        head.append("\r\n").append(name).append(": ").append(value));
        // RFC 9110, 8.6: an answer without content says nothing of its length.
        if (reply.status() != 204) {
            head.append("\r\nContent-Length: ").append(reply.body().length);
        }
        head.append("\r\nx-amzn-RequestId: ").append(requestId);
        head.append("\r\nx-amz-request-id: ").append(requestId);
        head.append(close ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
        byte[] content = headOnly ? new byte[0] : reply.body();
        byte[] whole = new byte[head.length() + content.length];
        byte[] top = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(top, 0, whole, 0, top.length);
        System.arraycopy(content, 0, whole, top.length, content.length);
        out.write(whole);
    }
}
