package io.keyturn.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keyturn.adapters.slack.SlackAccess;
import io.keyturn.adapters.slack.SlackChannel;
import io.keyturn.adapters.web.Reach;
import io.keyturn.adapters.web.WebCalls;
import io.keyturn.app.words.Manner;
import io.keyturn.app.words.MessageWriter;
import io.keyturn.app.words.Samples;
import io.keyturn.core.assess.Owner;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Notice;
import io.keyturn.engine.port.Channel;
import io.keyturn.engine.port.Secret;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Messages put into words a second, on one thread; and ten thousand notices to Slack, where every call takes 30 ms and every
 * conversation takes one message a second.
 */
public final class SpeakBenchmark {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
    private static final MessageWriter WRITER = new MessageWriter(Manner.DEFAULT, InstantSource.fixed(NOW));
    private static final Owner OWNER = new Owner("b.khan@example.com", "tag Email");
    private static final List<Notice> NOTICES = new Samples(OWNER, NOW).all();
    private static final int SENT = 10_000;
    private static final int CONVERSATIONS = 500;
    private static final int AT_ONCE = 32;
    private static final int CALL_MS = 30;
    private static final byte[] TAKEN =
            "{\"ok\":true,\"channel\":\"C0FERNHILL\",\"ts\":\"1700000000.000001\"}".getBytes(StandardCharsets.UTF_8);

    private SpeakBenchmark() {}

    public static void main(String[] words) throws Exception {
        rendering();
        sending();
    }

    private static Message message(int number) {
        return WRITER.message("m-" + number, OWNER, List.of(NOTICES.get(number % NOTICES.size())));
    }

    private static void rendering() {
        ThreadMXBean cpu = ManagementFactory.getThreadMXBean();
        long made = 0;
        long rate = 0;
        for (int round = 0; round < 5; round++) {
            // By the time of the processor, so that a busy machine says the same.
            long from = cpu.getCurrentThreadCpuTime();
            int count = 0;
            while (cpu.getCurrentThreadCpuTime() - from < Duration.ofSeconds(2).toNanos()) {
                for (int i = 0; i < 100; i++) {
                    made += message(count++).headline().length();
                }
            }
            rate = Math.max(rate, count * 1_000_000_000L / (cpu.getCurrentThreadCpuTime() - from));
        }
        say("rendered", rate + " a second of one core (at least 20000)" + (made == 0 ? " of nothing" : ""));
    }

    private static void sending() throws Exception {
        HttpServer slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
        slack.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        slack.createContext("/", SpeakBenchmark::take);
        slack.start();
        URI base = URI.create("http://127.0.0.1:" + slack.getAddress().getPort() + "/");
        AtomicInteger taken = new AtomicInteger();
        try (SlackChannel channel = new SlackChannel(new SlackAccess(
                base,
                new Secret("xoxb-none"),
                new WebCalls("bench", new Reach(false, true)),
                InstantSource.system(),
                time -> Thread.sleep(time),
                SlackAccess.PATIENCE))) {
            long from = System.nanoTime();
            Semaphore turns = new Semaphore(AT_ONCE);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < SENT; i++) {
                    int number = i;
                    turns.acquire();
                    threads.execute(() -> {
                        try {
                            String to = "#keys-" + number % CONVERSATIONS;
                            if (channel.send(new Channel.Dispatch(message(number), to, null))
                                    instanceof Channel.Sending.Taken) {
                                taken.incrementAndGet();
                            }
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        } finally {
                            turns.release();
                        }
                    });
                }
            }
            double seconds = (System.nanoTime() - from) / 1e9;
            // One a second into each conversation, and so many calls of so many milliseconds at once.
            double limit = Math.max(SENT / (double) CONVERSATIONS - 1, SENT * (double) CALL_MS / 1_000 / AT_ONCE);
            say("notices taken", taken + " of " + SENT);
            say(
                    "wall",
                    String.format(
                            Locale.ROOT,
                            "%.1f s, %.2f times what the limits allow (at most 1.2)",
                            seconds,
                            seconds / limit));
            Runtime runtime = Runtime.getRuntime();
            say(
                    "heap",
                    (runtime.totalMemory() - runtime.freeMemory()) / (1 << 20) + " MiB used of "
                            + runtime.maxMemory() / (1 << 20) + " MiB");
        } finally {
            slack.stop(0);
        }
        System.exit(taken.get() == SENT ? 0 : 1);
    }

    private static void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Thread.sleep(CALL_MS);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, TAKEN.length);
            exchange.getResponseBody().write(TAKEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String what, String value) {
        System.out.printf(Locale.ROOT, "%-20s%s%n", what, value);
    }
}
