package io.keyturn.adapters.web;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to services on the web, each once: it follows no redirect, repeats nothing that may have arrived, and ends
 * within {@link #WHOLE}. It can be used by several threads.
 */
public final class WebCalls implements AutoCloseable {
    /** Bytes of an answer that are read; no service that Keyturn speaks to says more. */
    public static final int MOST_BYTES = 1 << 20;

    /** Time to connect. */
    public static final Duration CONNECT = Duration.ofSeconds(10);

    /** Time for the whole, from looking up the name to the last byte of the answer. */
    public static final Duration WHOLE = Duration.ofSeconds(30);

    private static final String KEEP_ALIVE = "jdk.httpclient.keepalive.timeout";
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    static {
        // Many servers hang up after 5 idle seconds. A request that meets such a connection is lost, and with that in
        // doubt, although it never arrived: ours end before theirs.
        if (System.getProperty(KEEP_ALIVE) == null) {
            System.setProperty(KEEP_ALIVE, "4");
        }
    }

    private final String userAgent;
    private final TargetRules rules;
    private final HttpClient.Builder builder;
    private final Duration whole;
    private @Nullable HttpClient client;

    /**
     * Opens nothing yet.
     *
     * @param version of Keyturn, which services are told
     */
    public WebCalls(String version, Reach reach) {
        this(version, new TargetRules(reach, InetAddress::getAllByName), HttpClient.newBuilder(), WHOLE);
    }

    WebCalls(String version, TargetRules rules, HttpClient.Builder builder, Duration whole) {
        this.userAgent = "keyturn/" + version;
        this.rules = rules;
        this.builder = builder;
        this.whole = whole;
    }

    /** Sends it once. */
    public Answer send(Request request) throws InterruptedException {
        Optional<Answer.NotSent> refusal = rules.refusal(request.target());
        if (refusal.isEmpty()) {
            refusal = badHeader(request);
        }
        return refusal.isPresent() ? refusal.get() : exchange(request);
    }

    /** The client would repeat a bad value, a secret perhaps, in an exception. */
    private static Optional<Answer.NotSent> badHeader(Request request) {
        return request.headers().entrySet().stream()
                .filter(header -> !HEADER_VALUE.matcher(header.getValue()).matches())
                .findFirst()
                .map(header -> new Answer.NotSent(
                        "the value of the header " + header.getKey() + " has a character that no header may have",
                        "look for line ends and other stray characters in what is configured"));
    }

    private Answer exchange(Request request) throws InterruptedException {
        String text = request.body();
        WatchedBody body = new WatchedBody(text == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text));
        HttpRequest.Builder made = HttpRequest.newBuilder(request.target()).header("User-Agent", userAgent);
        request.headers().forEach(made::setHeader);
        CompletableFuture<HttpResponse<String>> coming =
                client().sendAsync(made.method(request.method(), body).build(), answer -> new WholeBody(MOST_BYTES));
        try {
            HttpResponse<String> answer = coming.get(whole.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer.Answered(answer.statusCode(), answer.headers(), answer.body());
        } catch (TimeoutException e) {
            return outOfTime(text != null && !body.taken());
        } catch (ExecutionException e) {
            return failure(e.getCause(), text != null && !body.taken());
        } finally {
            // Ends what is still under way when time is up or the thread was interrupted.
            coming.cancel(true);
        }
    }

    private Answer outOfTime(boolean unsent) {
        String within = "within " + whole.toSeconds() + " s";
        return unsent
                ? new Answer.NotSent("it did not take the request " + within, "check network, proxy and address")
                : new Answer.Lost("it did not answer " + within);
    }

    private static Answer failure(@Nullable Throwable cause, boolean unsent) {
        return switch (cause) {
            case HttpConnectTimeoutException e ->
                new Answer.NotSent("it did not accept a connection in time", "check network, firewall and address");
            case ConnectException e ->
                new Answer.NotSent("it accepts no connection", "check network, firewall and address");
            case SSLException e
            when unsent || neverAgreed(e) ->
                new Answer.NotSent(
                        "there is no trusted TLS connection to it",
                        "check its certificate, and that this machine trusts who issued it");
            case IOException e
            when unsent ->
                new Answer.NotSent("the connection ended before the request was sent", "check network and proxy");
            case IOException e -> new Answer.Lost("the connection ended before a whole answer had come");
            case null, default -> new Answer.Lost("what it answered is not HTTP");
        };
    }

    /** Requests without a body cannot be watched: what failed in the handshake itself never was one. */
    private static boolean neverAgreed(SSLException e) {
        return e instanceof javax.net.ssl.SSLHandshakeException
                || e instanceof javax.net.ssl.SSLPeerUnverifiedException;
    }

    private synchronized HttpClient client() {
        HttpClient open = client;
        if (open == null) {
            open = builder.version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(CONNECT)
                    .build();
            client = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
            client = null;
        }
    }
}
