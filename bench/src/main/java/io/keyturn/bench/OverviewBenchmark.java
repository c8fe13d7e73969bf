package io.keyturn.bench;

import com.sun.management.OperatingSystemMXBean;
import io.keyturn.adapters.store.SqliteCatalog;
import io.keyturn.app.config.Settings;
import io.keyturn.app.web.Door;
import io.keyturn.app.web.LocalAccess;
import io.keyturn.app.wiring.Serving;
import io.keyturn.core.assess.Assessor;
import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Snapshot;
import io.keyturn.core.plan.AccountPlan;
import io.keyturn.core.plan.Action;
import io.keyturn.core.plan.History;
import io.keyturn.core.plan.Plan;
import io.keyturn.core.plan.Planner;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.catalog.Catalog;
import io.keyturn.engine.catalog.CatalogFiller;
import io.keyturn.engine.catalog.KeyQuery;
import io.keyturn.engine.catalog.SeenAccount;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The overview of a server whose catalog holds 300,000 keys: how soon its first byte comes, and how many a second. Client and
 * server are in this one process, so that both are within the core and the memory that it is given.
 */
public final class OverviewBenchmark {
    private static final int ACCOUNTS = 1_000;
    private static final int USERS = 300;
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
        Path folder = Files.createDirectories(Path.of("target", "bench", "overview"));
        Settings settings = Settings.defaults(folder.resolve("keyturn.db"));
        if (!Files.exists(settings.catalog())) {
            fill(settings.catalog());
        }
        InstantSource clock = InstantSource.fixed(JudgedWorld.NOW);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (Serving serving = new Serving(settings, Map.of(), clock, OverviewBenchmark::told);
                Door door = Door.open(
                        any, new LocalAccess("bench"), Optional.empty(), serving, clock, line -> told(line))) {
            URI page = URI.create("http://127.0.0.1:" + door.address().getPort() + "/");
            Thread.sleep(SETTLED);
            say("first byte, new process", took(page));
            rate(page, WARM);
            say("requests a second of one core", rate(page, MEASURED) + " (at least 300)");
            long[] looks = new long[LOOKS];
            for (int i = 0; i < LOOKS; i++) {
                looks[i] = look(page);
            }
            Arrays.sort(looks);
            say(
                    "first byte",
                    millis(looks[LOOKS / 2]) + " ms median, " + millis(looks[LOOKS * 99 / 100])
                            + " ms of 99 % (at most 100)");
            for (int i = 0; i < RUNS; i++) {
                try (Catalog other = SqliteCatalog.open(settings.catalog())) {
                    SeenAccount account = other.accounts().get(i);
                    KeyQuery its = new KeyQuery(
                            "", Set.of(), account.id(), null, false, KeyQuery.Order.STANDING, false, 0, USERS);
                    other.put(account, other.keys(its).keys());
                }
                say("first byte after a run wrote", took(page));
            }
            System.gc();
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            say("heap in use", (used >> 20) + " MiB of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        }
    }

    private static void fill(Path file) throws Exception {
        Instant began = Instant.now();
        Rules rules = JudgedWorld.rules("user.class == \"machine\"");
        Assessor assessor = new Assessor(rules);
        Planner planner = new Planner(rules, History.NONE);
        List<Action> due = new ArrayList<>();
        try (Catalog catalog = SqliteCatalog.open(file)) {
            CatalogFiller filler = new CatalogFiller(catalog, JudgedWorld.NOW);
            for (int i = 0; i < ACCOUNTS; i++) {
                Snapshot snapshot = of(JudgedWorld.snapshot(USERS, i), i);
                List<Finding> findings = assessor.assess(snapshot, JudgedWorld.NOW);
                AccountPlan plan = planner.plan(snapshot.account(), findings, true, JudgedWorld.NOW);
                due.addAll(plan.due());
                filler.account(new AccountOutcome.Surveyed(snapshot, findings, plan));
            }
            filler.end(new Plan(due, List.of(), "ab".repeat(32)), "bench", true);
        }
        say(
                "filled",
                ACCOUNTS * USERS + " keys in "
                        + Duration.between(began, Instant.now()).toSeconds() + " s, " + (Files.size(file) >> 20)
                        + " MiB, " + due.size() + " steps due");
    }

    private static Snapshot of(Snapshot one, int number) {
        Account like = one.account();
        Account account = new Account(
                new AccountId("%012d".formatted(100_000_000_000L + number)),
                "account-%04d".formatted(number),
                like.partition(),
                like.ou(),
                like.tags(),
                false);
        return new Snapshot(account, one.via(), one.asOf(), one.reading(), one.notes(), one.root(), one.users());
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

    private static void told(String line) {
        say("told", line);
    }

    private static void say(String what, String value) {
        System.out.printf(Locale.ROOT, "%-30s %s%n", what, value);
    }
}
