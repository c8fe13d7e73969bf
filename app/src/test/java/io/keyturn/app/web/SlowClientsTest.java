package io.keyturn.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand clients that take their time: each goes on and on, and is cut off all the same; nobody else waits for them. */
@Timeout(120)
class SlowClientsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SECONDS = 2;
    private static final String LOOK = "GET /style.css HTTP/1.1\r\nHost: localhost:%d\r\n\r\n";

    private static DoorProcess door;
    private final List<Slow> slow = new ArrayList<>();

    /** A client that sends some more whenever it is asked to, and reads nothing. */
    private record Slow(Socket socket, byte[] more) {
        static Slow of(InetSocketAddress address, String first, String more) throws IOException {
            Socket socket = new Socket();
            // What waits to be read is soon more than there is room for.
            socket.setReceiveBufferSize(4 * 1_024);
            socket.connect(address);
            Slow slow = new Slow(socket, more.getBytes(StandardCharsets.US_ASCII));
            slow.socket.getOutputStream().write(first.getBytes(StandardCharsets.US_ASCII));
            return slow;
        }

        boolean isCutOff() {
            try {
                socket.getOutputStream().write(more);
                return false;
            } catch (IOException e) {
                return true;
            }
        }
    }

    @BeforeAll
    static void open() throws Exception {
        door = DoorProcess.patient(SECONDS);
    }

    @AfterAll
    static void close() throws Exception {
        door.close();
    }

    private void many(int count, String first, String more) throws IOException {
        for (int i = 0; i < count; i++) {
            slow.add(Slow.of(door.address(), first, more));
        }
    }

    private void allAreCutOff() {
        await().atMost(PATIENCE).until(() -> {
            slow.removeIf(Slow::isCutOff);
            return slow.isEmpty();
        });
        assertThat(slow).isEmpty();
    }

    @Test
    void a_head_and_a_body_that_never_end_are_given_up_and_keep_nobody_out() throws Exception {
        many(500, "GET / HTTP/1.1\r\n", "X: y\r\n");
        many(250, "POST /stop HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\nwhy=", "x");
        many(250, "POST /api/v1/stop HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n");
        assertThat(new Visitor(door.address()).get("/healthz").statusCode()).isEqualTo(200);
        allAreCutOff();
        assertThat(new Visitor(door.address()).get("/accounts").statusCode()).isEqualTo(200);
    }

    @Test
    void an_answer_that_nobody_reads_is_given_up_and_keeps_nobody_out() throws Exception {
        String look = LOOK.formatted(door.address().getPort());
        many(20, look.repeat(400), look);
        assertThat(new Visitor(door.address()).get("/healthz").statusCode()).isEqualTo(200);
        allAreCutOff();
        assertThat(new Visitor(door.address()).get("/accounts").statusCode()).isEqualTo(200);
    }
}
