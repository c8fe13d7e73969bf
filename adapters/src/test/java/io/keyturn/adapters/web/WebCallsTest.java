package io.keyturn.adapters.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.adapters.web.Answer.Answered;
import io.keyturn.adapters.web.Answer.Lost;
import io.keyturn.adapters.web.Answer.NotSent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests against servers of every kind of manners. */
class WebCallsTest {
    private static final Reach LOOPBACK = new Reach(false, true);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Thing: yes\r\n\r\nok";

    private static Answer send(Request request) throws InterruptedException {
        return send(request, WebCalls.WHOLE);
    }

    private static Answer send(Request request, Duration whole) throws InterruptedException {
        TargetRules rules = new TargetRules(LOOPBACK, InetAddress::getAllByName);
        try (WebCalls calls = new WebCalls("1.2.3", rules, HttpClient.newBuilder(), whole)) {
            return calls.send(request);
        }
    }

    private static Answer post(RawServer.Manners manners) throws Exception {
        try (RawServer server = RawServer.plain(manners)) {
            return send(Request.json(server.address("http", "/hook?sig=hidden"), "{}"));
        }
    }

    @Test
    void anAnswerIsTakenWithStatusHeadersAndBody() throws Exception {
        try (RawServer server = RawServer.answering(OK)) {
            Answer answer = send(
                    Request.json(server.address("http", "/a?b=c"), "{\"ä\":1}").with("authorization", "Bearer t"));

            assertThat(answer).isInstanceOfSatisfying(Answered.class, a -> {
                assertThat(a.status()).isEqualTo(200);
                assertThat(a.succeeded()).isTrue();
                assertThat(a.header("x-thing")).contains("yes");
                assertThat(a.body()).isEqualTo("ok");
            });
            assertThat(server.requests)
                    .singleElement()
                    .asString()
                    .startsWith("POST /a?b=c HTTP/1.1\r\n")
                    .contains("User-Agent: keyturn/1.2.3\r\n", "authorization: Bearer t\r\n")
                    .contains("application/json; charset=utf-8")
                    .endsWith("{\"ä\":1}");
        }
    }

    @Test
    void aConnectionThatIsDroppedBeforeTheRequestIsReadLosesIt() throws Exception {
        assertThat(post(connection -> {})).isEqualTo(new Lost("the connection ended before a whole answer had come"));
    }

    @Test
    void aConnectionThatIsDroppedAfterTheRequestWasReadLosesIt() throws Exception {
        assertThat(post(RawServer::request)).isEqualTo(new Lost("the connection ended before a whole answer had come"));
    }

    @Test
    void anAnswerThatEndsInTheMiddleIsLost() throws Exception {
        assertThat(post(connection -> {
                    RawServer.request(connection);
                    RawServer.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nhalf");
                }))
                .isEqualTo(new Lost("the connection ended before a whole answer had come"));
    }

    @Test
    void whatIsNotHttpIsLost() throws Exception {
        assertThat(post(connection -> {
                    RawServer.request(connection);
                    RawServer.say(connection, "220 mail.example.com ESMTP\r\n\r\n");
                }))
                .isEqualTo(new Lost("the connection ended before a whole answer had come"));
    }

    @Test
    void aServerThatNeverEndsItsBodyIsLeftWhenTimeIsUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = RawServer.plain(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n");
            await(over);
        })) {
            assertThat(send(Request.json(server.address("http", "/"), "{}"), Duration.ofSeconds(1)))
                    .isEqualTo(new Lost("it did not answer within 1 s"));
        } finally {
            over.countDown();
        }
    }

    @Test
    void anAnswerThatIsTooLongIsCutOff() throws Exception {
        Answer answer = post(connection -> {
            RawServer.request(connection);
            RawServer.say(connection, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                RawServer.say(connection, "x".repeat(10_000));
            }
        });

        assertThat(((Answered) answer).body()).hasSize(WebCalls.MOST_BYTES);
    }

    @Test
    void aRedirectIsAnAnswerAndNotFollowed() throws Exception {
        try (RawServer elsewhere = RawServer.answering(OK);
                RawServer server =
                        RawServer.answering("HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: "
                                + elsewhere.address("http", "/") + "\r\n\r\n")) {
            Answer answer = send(Request.json(server.address("http", "/"), "{}"));

            assertThat(((Answered) answer).status()).isEqualTo(307);
            assertThat(((Answered) answer).succeeded()).isFalse();
            assertThat(elsewhere.requests).isEmpty();
        }
    }

    @Test
    void aPortWhereNobodyListensGetsNothing() throws Exception {
        URI address;
        try (RawServer server = RawServer.answering(OK)) {
            address = server.address("http", "/");
        }
        assertThat(send(Request.json(address, "{}")))
                .isEqualTo(new NotSent("it accepts no connection", "check network, firewall and address"));
    }

    @Test
    void aCertificateThatNobodyTrustsGetsNothing(@TempDir Path folder) throws Exception {
        ServerSocket socket = OwnCertificate.in(folder).listen();
        try (RawServer server = new RawServer(socket, RawServer::request)) {
            assertThat(send(Request.json(server.address("https", "/"), "{}")))
                    .isEqualTo(new NotSent(
                            "there is no trusted TLS connection to it",
                            "check its certificate, and that this machine trusts who issued it"));
            assertThat(send(Request.get(server.address("https", "/")))).isInstanceOf(NotSent.class);
        }
    }

    @Test
    void aServerThatDoesNotSpeakTlsGetsNothing() throws Exception {
        try (RawServer server = RawServer.plain(
                connection -> RawServer.say(connection, "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(send(Request.json(server.address("https", "/"), "{}")))
                    .isInstanceOfSatisfying(
                            NotSent.class,
                            n -> assertThat(n.why()).isEqualTo("there is no trusted TLS connection to it"));
        }
    }

    @Test
    void aServerThatNeverShakesHandsGetsNothing() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (RawServer server = RawServer.plain(connection -> await(over))) {
            assertThat(send(Request.json(server.address("https", "/"), "{}"), Duration.ofSeconds(1)))
                    .isEqualTo(
                            new NotSent("it did not take the request within 1 s", "check network, proxy and address"));
        } finally {
            over.countDown();
        }
    }

    @Test
    void aSecretThatNoHeaderMayHoldIsToldWithoutItself() throws Exception {
        Request request = Request.get(URI.create("https://127.0.0.1/")).with("Authorization", "Bearer hid\nden");

        assertThat(send(request))
                .isEqualTo(new NotSent(
                        "the value of the header Authorization has a character that no header may have",
                        "look for line ends and other stray characters in what is configured"));
    }

    @Test
    void nothingThatMayBeSecretIsPrinted() throws Exception {
        try (RawServer server =
                RawServer.answering("HTTP/1.1 200 OK\r\nSet-Cookie: hidden\r\nContent-Length: 6\r\n\r\nhidden")) {
            Request request =
                    Request.json(server.address("http", "/hidden"), "hidden").with("Authorization", "hidden");

            assertThat(request + " " + send(request)).isEqualTo("Request(POST) Answered(200)");
        }
    }

    @Test
    void aRefusedTargetMeetsNoServer() throws Exception {
        try (RawServer server = RawServer.answering(OK);
                WebCalls calls = new WebCalls("1.2.3", Reach.PUBLIC)) {
            assertThat(calls.send(Request.get(server.address("https", "/hidden"))))
                    .isEqualTo(new NotSent(
                            "its host leads to an address of this machine, where nothing is sent",
                            "configure an https address on the public internet"));
            assertThat(server.requests).isEmpty();
        }
    }

    @Test
    void aProblemSaysWhetherItMayHaveArrived() {
        assertThat(new Lost("it did not answer within 30 s")
                        .problem("send the message", "the webhook")
                        .sentence())
                .isEqualTo(
                        "could not send the message of the webhook: it did not answer within 30 s; whether it arrived is"
                                + " not known");
        assertThat(new NotSent("it accepts no connection", "check it")
                        .problem("send the message", "the webhook")
                        .sentence())
                .isEqualTo("could not send the message of the webhook: it accepts no connection; check it");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
