package io.keyturn.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.keyturn.app.config.CelConditions;
import io.keyturn.app.config.ConfigLoader;
import io.keyturn.app.config.Loaded;
import io.keyturn.app.config.Settings;
import io.keyturn.app.web.AppliedPlan;
import io.keyturn.app.web.Site;
import io.keyturn.core.model.AccountId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.Target;
import io.keyturn.core.plan.Verb;
import io.keyturn.core.policy.Step;
import io.keyturn.engine.catalog.SeenPlan;
import io.keyturn.engine.decide.Decisions;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that is told to end, or whose changes are stopped, while it applies a plan in two accounts. */
@Timeout(120)
class StoppedServerTest {
    private static final String CONFIGURATION = """
            accounts:
              - organization: {roles: {read: keyturn-read, act: keyturn-act, create: keyturn-create}}
            policies:
              - name: everybody
                idle: {warn: 30d, expire: 45d, on-expire: [deactivate]}
            stages: [{stage: enforce}]
            first-notice: none
            approval: one
            """;

    @TempDir
    private Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final HeldStore.Hold hold = new HeldStore.Hold();
    private volatile boolean holds;
    private SandboxServer server;
    private Settings settings;
    private Serving serving;
    private int planned;

    @BeforeEach
    void open() throws Exception {
        InstantSource wall = InstantSource.system();
        World world = World.generate(new WorldSpec(1, 2, 30, 0.4, wall.instant()));
        server = SandboxServer.start(world, new DoorOptions(0, Duration.ZERO, Duration.ZERO, 0, false), wall);
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), CONFIGURATION);
        Loaded loaded = new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder).load(file);
        settings = ((Loaded.Ok) loaded).settings().storedIn(folder.resolve("keyturn.db"));
        serving = opened();
        assertThat(serving.begin(false, null)).isEmpty();
        serving.idle();
        holds = true;
    }

    private Serving opened() throws StoreFailure {
        return new Serving(settings, Demo.environment(server), server.clock(), log::add) {
            @Override
            Keeping keeping() {
                return held(super.keeping());
            }
        };
    }

    private Keeping held(Keeping files) {
        return new SameKeeping(files) {
            @Override
            public JournalStore journal() throws StoreFailure {
                return holds ? new HeldStore(super.journal(), hold) : super.journal();
            }
        };
    }

    @AfterEach
    void close() {
        hold.release();
        serving.close();
        server.close();
    }

    /** Approves a deactivation in each of two accounts and has both applied; returns where both are held. */
    private void apply() throws Exception {
        SeenPlan plan = serving.catalog().plan().orElseThrow();
        Map<AccountId, Decisions.KeyStep> steps = new HashMap<>();
        for (SeenPlan.Row row : plan.changes()) {
            if (row.step() == Step.DEACTIVATE && row.credential().principal() instanceof Principal.OfUser user) {
                AccountId account = row.credential().account();
                Target target = new Target(
                        account, user.id(), user.name(), row.credential().keyId());
                steps.put(account, new Decisions.KeyStep(target, row.step()));
            }
        }
        planned = plan.changes().size();
        assertThat(steps).hasSizeGreaterThan(1);
        Set<Decisions.KeyStep> two = new HashSet<>(List.copyOf(steps.values()).subList(0, 2));
        for (Decisions.KeyStep step : two) {
            Instant until = serving.now().plus(Duration.ofDays(1));
            serving.decide(decisions -> decisions.approve(List.of(step), "page:n.iyer", "looked at it", until));
        }
        assertThat(serving.apply(plan.hash(), two, "n.iyer")).isEmpty();
        hold.await();
    }

    /** How the changes ended that stand in the journal. */
    private static List<String> changes(Site site) throws StoreFailure {
        List<String> changes = new ArrayList<>();
        for (Entry entry : site.entries(JournalStore.Query.ALL)) {
            if (entry instanceof Entry.Outcome outcome && outcome.verb() == Verb.DEACTIVATE) {
                changes.add(outcome.result() + " " + outcome.why());
            }
        }
        return changes;
    }

    @Test
    void what_it_has_in_hand_is_finished_and_written_down_and_nothing_else_is_begun() throws Exception {
        apply();
        Thread ending = Thread.startVirtualThread(serving::close);
        while (!serving.begin(false, null).equals(Optional.of("this server is being stopped"))) {
            Thread.onSpinWait();
        }
        hold.release();
        ending.join();

        assertThat(log)
                .containsExactly(
                        "a run is at work: what it has in hand is finished first, and nothing else is begun",
                        "the run has ended: 1 done, 0 skipped, 1 not done; the next run goes on from there");
        serving = opened();
        assertThat(changes(serving))
                .containsExactlyInAnyOrder("DONE ", "FAILED everything is stopped: the server is being stopped");
        // A server that is started again shows what came of it.
        AppliedPlan applied = AppliedPlan.of(serving).orElseThrow();
        assertThat(applied.words()).isEqualTo("1 of 2 changes was applied");
        assertThat(applied.by()).isEqualTo("n.iyer");
        assertThat(applied.rows())
                .extracting(AppliedPlan.Row::step, row -> row.came().replaceAll("\\d\\d:\\d\\d", "08:12"))
                .containsExactlyInAnyOrder(
                        tuple("Deactivate", "done, 08:12 UTC"),
                        tuple("Deactivate", "not done: everything is stopped: the server is being stopped"));
    }

    @Test
    void a_stop_while_a_plan_is_applied_lets_the_change_in_hand_end_and_begins_no_other() throws Exception {
        apply();
        serving.decide(decisions -> decisions.stop("n.iyer", "drill"));
        hold.release();
        serving.idle();

        assertThat(changes(serving)).containsExactlyInAnyOrder("DONE ", "FAILED everything is stopped: n.iyer: drill");
        // What is not done waits on, with why.
        assertThat(serving.catalog().plan().orElseThrow().changes())
                .hasSize(planned - 1)
                .filteredOn(row -> row.more() != null)
                .singleElement()
                .satisfies(row ->
                        assertThat(row.more()).startsWith("failed: ").contains("everything is stopped: n.iyer: drill"));
    }
}
