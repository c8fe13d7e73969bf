package io.keyturn.bench;

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
import io.keyturn.engine.run.AccountOutcome;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A server whose catalog holds 300,000 keys of 1,000 accounts; the catalog is made once and kept. */
final class ManyKeys implements AutoCloseable {
    static final int USERS = 300;
    private static final int ACCOUNTS = 1_000;

    private final Settings settings;
    private final Serving serving;
    private final Door door;

    private ManyKeys(Settings settings, Serving serving, Door door) {
        this.settings = settings;
        this.serving = serving;
        this.door = door;
    }

    static ManyKeys open() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "bench", "overview"));
        Settings settings = Settings.defaults(folder.resolve("keyturn.db"));
        if (!Files.exists(settings.catalog())) {
            fill(settings.catalog());
        }
        InstantSource clock = InstantSource.fixed(JudgedWorld.NOW);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        Serving serving = new Serving(settings, Map.of(), clock, line -> say("told", line));
        Door door =
                Door.open(any, new LocalAccess("bench"), Optional.empty(), serving, clock, line -> say("told", line));
        return new ManyKeys(settings, serving, door);
    }

    /** The address of one of its pages. */
    URI page(String path) {
        return URI.create("http://127.0.0.1:" + door.address().getPort() + path);
    }

    /** Where the catalog lies. */
    Path catalog() {
        return settings.catalog();
    }

    @Override
    public void close() throws Exception {
        try (serving) {
            door.close();
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

    static void say(String what, String value) {
        System.out.printf(Locale.ROOT, "%-30s %s%n", what, value);
    }
}
