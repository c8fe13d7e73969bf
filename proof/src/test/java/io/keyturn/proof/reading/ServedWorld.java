package io.keyturn.proof.reading;

import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.Demo;
import io.keyturn.core.policy.Rules;
import io.keyturn.engine.port.AccountSource;
import io.keyturn.engine.port.ReadMode;
import io.keyturn.engine.port.StoreFailure;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** A generated world behind the real HTTP door; every run of the product in it is judged at the world's first instant. */
final class ServedWorld implements AutoCloseable {
    private final World world;
    private final SandboxServer server;
    private final Path folder;

    /** Opens the door; stores are made in {@code folder}. */
    ServedWorld(WorldSpec spec, DoorOptions door, Path folder) throws IOException {
        this.folder = folder;
        this.world = World.generate(spec);
        this.server = SandboxServer.start(world, door, InstantSource.system());
    }

    World world() {
        return world;
    }

    /** Reads the whole organization, with a store that knows nothing yet. */
    WholeRun read(ReadMode mode, Rules rules) throws IOException, InterruptedException, StoreFailure {
        return read(mode, rules, Files.createTempDirectory(folder, "store").resolve("keyturn.db"));
    }

    WholeRun read(ReadMode mode, Rules rules, Path store) throws InterruptedException, StoreFailure {
        AccountSource everyAccount =
                new AccountSource.Organization("keyturn-read", null, List.of(), List.of(), Set.of(), false);
        Settings settings =
                Settings.defaults(store).of(everyAccount).judgedBy(rules).reading(mode, true);
        return WholeRun.of(
                settings,
                Demo.environment(server),
                InstantSource.fixed(world.spec().now()));
    }

    @Override
    public void close() {
        server.close();
    }
}
