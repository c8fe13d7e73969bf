package io.keyturn.proof.acting;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The two calls of SES v2 that mail takes: it keeps every letter with its plain text as {@code text}, and knows no suppressed address unless told. */
public final class Postbox implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final List<JsonNode> letters = new CopyOnWriteArrayList<>();
    final List<String> suppressed = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Opens it on a free port. */
    public Postbox() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v2/email/outbound-emails", this::take);
        server.createContext("/v2/email/suppression/addresses/", this::look);
        server.start();
    }

    /** Where it listens. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Every letter that was sent. */
    public List<JsonNode> letters() {
        return List.copyOf(letters);
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode sent = JSON.readTree(exchange.getRequestBody().readAllBytes());
        letters.add(((ObjectNode) sent)
                .put("text", text(sent.at("/Content/Raw/Data").binaryValue())));
        answer(exchange, 200, "{\"MessageId\":\"letter-" + letters.size() + "\"}");
    }

    /** The plain text of a letter in MIME. */
    private static String text(byte[] mime) throws IOException {
        try {
            MimeMessage letter = new MimeMessage(null, new ByteArrayInputStream(mime));
            return letter.getContent() instanceof MimeMultipart parts
                    ? (String) parts.getBodyPart(0).getContent()
                    : (String) letter.getContent();
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    private void look(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String address = path.substring(path.lastIndexOf('/') + 1);
        if (suppressed.contains(address)) {
            answer(
                    exchange,
                    200,
                    "{\"SuppressedDestination\":{\"EmailAddress\":\"" + address
                            + "\",\"Reason\":\"BOUNCE\",\"LastUpdateTime\":1.0}}");
        } else {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "NotFoundException");
            answer(exchange, 404, "{\"message\":\"not suppressed\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        try (exchange) {
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
