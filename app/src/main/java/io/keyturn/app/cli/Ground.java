package io.keyturn.app.cli;

import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.Demo;
import io.keyturn.sandbox.http.SandboxServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a command works on: the configured accounts, or the simulated organization of the demo. */
final class Ground implements AutoCloseable {
    private final Settings settings;
    private final Map<String, String> environment;
    private final @Nullable SandboxServer server;
    private final @Nullable Path folder;

    private Ground(
            Settings settings, Map<String, String> environment, @Nullable SandboxServer server, @Nullable Path folder) {
        this.settings = settings;
        this.environment = environment;
        this.server = server;
        this.folder = folder;
    }

    static Ground configured(Settings settings, Map<String, String> environment) {
        return new Ground(settings, environment, null, null);
    }

    /** Opens the simulated organization; what is learnt of it is gone when this is closed. */
    static Ground demo() {
        InstantSource clock = InstantSource.system();
        try {
            Path folder = Files.createTempDirectory("keyturn-demo");
            SandboxServer server = Demo.start(clock);
            return new Ground(
                    Demo.settings(folder.resolve("keyturn.db"), clock), Demo.environment(server), server, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("could not open the simulated organization", e);
        }
    }

    /** A folder that is gone when this is closed. */
    record Folder(Path path) implements AutoCloseable {
        @Override
        public void close() {
            remove(path);
        }
    }

    /** A folder for a simulated organization. */
    static Folder folder() throws IOException {
        return new Folder(Files.createTempDirectory("keyturn-demo"));
    }

    Settings settings() {
        return settings;
    }

    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        if (folder != null) {
            remove(folder);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + folder, e);
        }
    }
}
