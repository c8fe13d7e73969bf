package io.keyturn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The overview of a server whose catalog holds 300,000 keys: how soon its first byte comes, and how many a second. Client and
 * server are in this one process, so that both are within the core and the memory that it is given.
 */
public final class OverviewBenchmark {
    private static final int CLIENTS = 4;
    private static final Duration WARM = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final int LOOKS = 200;
    /** Until somebody opens the first page of a server that was just started. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final int RUNS = 3;
    private static final OperatingSystemMXBean CPU =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private OverviewBenchmark() {}

    public static void main(String[] words) throws Exception {
        try (ManyKeys served = ManyKeys.open()) {
            URI page = served.page("/");
            Thread.sleep(SETTLED);
            ManyKeys.say("first byte, new process", took(page));
            rate(page, WARM);
            ManyKeys.say("requests a second of one core", rate(page, MEASURED) + " (at least 300)");
            long[] looks = new long[LOOKS];
            for (int i = 0; i < LOOKS; i++) {
                looks[i] = look(page);
            }
            Arrays.sort(looks);
            ManyKeys.say(
                    "first byte",
                    millis(looks[LOOKS / 2]) + " ms median, " + millis(looks[LOOKS * 99 / 100])
                            + " ms of 99 % (at most 100)");
            for (int i = 0; i < RUNS; i++) {
                try (Catalog other = SqliteCatalog.open(served.catalog())) {
                    SeenAccount account = other.accounts().get(i);
                    KeyQuery its = new KeyQuery(
                            "", Set.of(), account.id(), null, false, KeyQuery.Order.STANDING, false, 0, ManyKeys.USERS);
                    other.put(account, other.keys(its).keys());
                }
                ManyKeys.say("first byte after a run wrote", took(page));
            }
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            ManyKeys.say(
                    "heap in use",
                    (used >> 20) + " MiB of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
    }

    /** Nanoseconds to the first byte of the page; the rest of it is read too. */
    private static long look(URI page) throws IOException {
        long from = System.nanoTime();
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        try (InputStream body = connection.getInputStream()) {
            int first = body.read();
            long took = System.nanoTime() - from;
            if (first < 0 || body.readAllBytes().length < 10_000) {
                throw new IOException("that is not the overview");
            }
            return took;
        }
    }

    /** Pages a second of the processor's time, client and all, so that a busy machine says the same. */
    private static long rate(URI page, Duration time) throws Exception {
        AtomicLong count = new AtomicLong();
        long cpu = CPU.getProcessCpuTime();
        long until = System.nanoTime() + time.toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.submit(() -> {
                    while (System.nanoTime() < until) {
                        look(page);
                        count.incrementAndGet();
                    }
                    return null;
                });
            }
        }
        return count.get() * 1_000_000_000L / (CPU.getProcessCpuTime() - cpu);
    }

    /** How long the first byte takes by the clock, and by the processor. */
    private static String took(URI page) throws IOException {
        long cpu = CPU.getProcessCpuTime();
        return millis(look(page)) + " ms, " + millis(CPU.getProcessCpuTime() - cpu) + " ms of the processor";
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e6);
    }
}
