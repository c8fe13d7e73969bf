package io.keyturn.app.wiring;

import io.keyturn.app.config.Acting;
import io.keyturn.app.config.Settings;
import io.keyturn.app.demo.DemoTown;
import io.keyturn.app.link.OwnerLinks;
import io.keyturn.app.web.Person;
import io.keyturn.core.policy.Approval;
import io.keyturn.core.policy.Rules;
import io.keyturn.core.policy.Stage;
import io.keyturn.engine.decide.Refused;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.Notifier;
import io.keyturn.engine.port.SecretSinks;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated organization behind the pages, at the stage enforce, where a person approves each change: its people get
 * their messages, and its clock is moved by a button.
 */
public final class DemoServing extends Serving {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Shorter than usual, so that whoever plays with it has something to approve within a week of its days. */
    private static final Duration FIRST_NOTICE = Duration.ofDays(5);

    private final SandboxServer server;
    private final DemoTown town;
    private final OwnerLinks links =
            new OwnerLinks(URI.create("http://127.0.0.1"), UUID.randomUUID().toString());
    private @Nullable Thread passing;

    private DemoServing(Settings settings, SandboxServer server, World world, Consumer<String> log)
            throws StoreFailure {
        super(settings, Demo.environment(server), server.clock(), log);
        this.server = server;
        this.town = new DemoTown(world);
    }

    /**
     * Opens it.
     *
     * @param folder where it keeps what it remembers
     */
    public static DemoServing open(Path folder, InstantSource wall, Consumer<String> log)
            throws IOException, StoreFailure {
        World world = Demo.world(wall.instant());
        DoorOptions door = new DoorOptions(0, Duration.ZERO, Duration.ZERO, 0, false);
        SandboxServer server = SandboxServer.start(world, door, wall);
        try {
            return new DemoServing(settings(folder, wall), server, world, log);
        } catch (StoreFailure e) {
            server.close();
            throw e;
        }
    }

    private static Settings settings(Path folder, InstantSource clock) {
        Settings demo = Demo.settings(folder.resolve("keyturn.db"), clock);
        Acting none = Acting.NONE;
        Rules rules = demo.rules();
        Rules soon = new Rules(
                rules.policies(), rules.exemptions(), rules.stages(), rules.owners(), rules.caps(), FIRST_NOTICE, true);
        return demo.judgedBy(soon.at(Stage.ENFORCE))
                .of(new AccountSource.Organization(
                        "keyturn-read", "keyturn-act", "keyturn-create", null, List.of(), List.of(), Set.of(), false))
                .acting(new Acting(
                        none.channels(),
                        none.manner(),
                        none.window(),
                        Approval.ONE,
                        none.handOver(),
                        none.credstash()));
    }

    /** The clock of the organization, which the button moves. */
    public InstantSource clock() {
        return server.clock();
    }

    @Override
    public String title() {
        return "A simulated organization";
    }

    @Override
    public Optional<OwnerLinks> links() {
        return Optional.of(links);
    }

    @Override
    public boolean simulated() {
        return true;
    }

    @Override
    public String vouched(Person person) {
        return Approval.ofPage(person.name());
    }

    @Override
    public void pass(int days) throws Refused {
        Thread passing = Thread.ofPlatform().daemon().name("days").unstarted(() -> live(days));
        if (!days(passing)) {
            throw new Refused("days are passing already", "look again in a moment");
        }
        passing.start();
        try {
            // A day is over soon: then the page shows what came of it at once.
            passing.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until no days are passing any more. */
    public void passed() throws InterruptedException {
        Thread under;
        synchronized (this) {
            under = passing;
        }
        if (under != null) {
            under.join();
        }
    }

    private synchronized boolean days(Thread next) {
        Thread under = passing;
        if (under != null && under.isAlive()) {
            return false;
        }
        passing = next;
        return true;
    }

    private void live(int days) {
        try {
            for (int day = 0; day < days; day++) {
                server.clock().move(Duration.ofDays(1));
                town.live(server.clock().instant());
                idle();
                begin(true, null);
                idle();
            }
        } catch (InterruptedException e) {
            // The server is being stopped; so are the days.
            return;
        }
    }

    /** What its people did before it was opened: the first day, so that pages are not empty. */
    public void begin() throws InterruptedException {
        Instant now = server.clock().instant();
        town.live(now);
        begin(true, null);
        idle();
    }

    @Override
    Keeping keeping() {
        Keeping files = super.keeping();
        return new SameKeeping(files) {
            @Override
            public Notifier notifier(Notifier configured) {
                return town.notifier();
            }

            @Override
            public SecretSinks sinks(SecretSinks configured) {
                return town.safes();
            }
        };
    }

    @Override
    public void close() {
        Thread under;
        synchronized (this) {
            under = passing;
        }
        if (under != null) {
            under.interrupt();
        }
        super.close();
        server.close();
    }
}
