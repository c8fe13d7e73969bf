package io.keyturn.proof.acting;

import io.keyturn.adapters.store.SqliteObservations;
import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.app.planfile.PlanFile;
import io.keyturn.app.render.JsonRenderer;
import io.keyturn.app.wiring.ActJob;
import io.keyturn.core.assess.Observed;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.UserId;
import io.keyturn.core.plan.Plan;
import io.keyturn.engine.apply.Agreement;
import io.keyturn.engine.apply.Outcome;
import io.keyturn.engine.port.KeyIdMemory.Slot;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.SimKey;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkGlobalTime;

/** A simulated organization behind its real door, a post office, and a configuration by which whole runs act on it. */
final class ActingWorld implements AutoCloseable {
    final Postbox postbox = new Postbox();
    final World world;
    final SandboxServer server;
    final Map<String, String> environment = new HashMap<>();
    /** Everything that runs showed. */
    final List<String> shown = new ArrayList<>();

    private final Path folder;
    private Settings settings;

    ActingWorld(Path folder, int accounts, int users, String yaml) throws Exception {
        this(
                folder,
                new WorldSpec(11, accounts, users, 0.3, InstantSource.system().instant()),
                yaml);
    }

    ActingWorld(Path folder, WorldSpec spec, String yaml) throws Exception {
        this.folder = folder;
        world = World.generate(spec);
        server = SandboxServer.start(world, DoorOptions.defaults(), InstantSource.system());
        environment.put("AWS_ENDPOINT_URL", server.endpoint().toString());
        environment.put("AWS_ENDPOINT_URL_SESV2", postbox.url());
        environment.put("AWS_ACCESS_KEY_ID", server.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", server.secretAccessKey());
        environment.put("AWS_REGION", "us-east-1");
        settings = load(yaml);
        watchedForLong();
    }

    /** Runs have seen its keys for half a year, so that their disuse may change something. */
    private void watchedForLong() {
        Instant since = world.spec().now().minus(Duration.ofDays(200));
        try (SqliteObservations uses = SqliteObservations.in(settings.observations())) {
            for (SimAccount account : world.accounts()) {
                Map<Slot, Observed> seen = new HashMap<>();
                account.allUsers()
                        .forEach(user -> user.keys()
                                .forEach(key -> seen.put(
                                        new Slot(
                                                new UserId(user.id()),
                                                key.created().truncatedTo(ChronoUnit.SECONDS)),
                                        new Observed(since, null, key.lastUsed(), Duration.ZERO))));
                uses.learn(new AccountId(account.id()), seen, Set.of());
            }
        }
    }

    /** From now on runs go by this. */
    void configure(String yaml) throws Exception {
        settings = load(yaml);
    }

    private Settings load(String yaml) throws Exception {
        Path file = folder.resolve("keyturn.yaml");
        Files.writeString(file, yaml);
        Loaded loaded = new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder).load(file);
        return ((Loaded.Ok) loaded).settings().storedIn(folder.resolve("keyturn.db"));
    }

    Settings settings() {
        return settings;
    }

    /** One run; what came of each action, counted by {@code verb outcome}. */
    Map<String, Integer> run() throws Exception {
        return run(null);
    }

    /** The same of the plan in a file. */
    Map<String, Integer> run(@Nullable PlanFile file) throws Exception {
        // The SDK remembers for the whole process how far AWS's clock lay from ours, and every run is one of its own.
        SdkGlobalTime.setGlobalTimeOffset(0);
        Map<String, Integer> counts = new TreeMap<>();
        StringWriter json = new StringWriter();
        new ActJob(settings, environment, server.clock())
                .run(new JsonRenderer(json), entry -> true, finding -> true, action -> true, file, new ActJob.Desk() {
                    @Override
                    public void refused(Agreement.Refused refused) {
                        String verb = refused.planned().verb().label();
                        counts.merge(verb + " refused: " + refused.why(), 1, Integer::sum);
                    }

                    @Override
                    public boolean approves(Plan plan) {
                        return true;
                    }

                    @Override
                    public void restrained(String sentence) {
                        counts.merge(sentence, 1, Integer::sum);
                    }

                    @Override
                    public void ended(Account account, Outcome outcome) {
                        shown.add(outcome.toString());
                        counts.merge(
                                outcome.action().verb() + " "
                                        + outcome.getClass().getSimpleName(),
                                1,
                                Integer::sum);
                    }

                    @Override
                    public void troubled(Account account, String sentence) {
                        shown.add(sentence);
                        counts.merge("trouble: " + sentence, 1, Integer::sum);
                    }
                });
        shown.add(json.toString());
        return counts;
    }

    void days(int days) {
        server.clock().move(Duration.ofDays(days));
    }

    List<SimKey> keys(boolean active) {
        List<SimKey> keys = new ArrayList<>();
        world.accounts()
                .forEach(account -> account.allUsers()
                        .forEach(user -> user.keys().stream()
                                .filter(key -> key.active() == active)
                                .forEach(keys::add)));
        return keys;
    }

    @Override
    public void close() {
        server.close();
        postbox.close();
    }
}
