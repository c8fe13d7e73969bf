package io.keyturn.app.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.cli.Embedded;
import io.keyturn.app.config.Settings;
import io.keyturn.app.wiring.Demo;
import io.keyturn.app.wiring.Serving;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The collector hears of every door's runs, and where none is named nothing of OpenTelemetry is there to be paid for. */
@Timeout(60)
class OtlpDoorsTest {
    @TempDir
    private Path folder;

    private static SandboxServer world() throws Exception {
        return SandboxServer.start(
                World.generate(new WorldSpec(5, 1, 12, 0.3, Instant.now())),
                DoorOptions.defaults(),
                InstantSource.system());
    }

    private Map<String, String> environment(SandboxServer server) {
        Map<String, String> environment = new HashMap<>(Demo.environment(server));
        environment.put("HOME", folder.toString());
        return environment;
    }

    private static int run(Map<String, String> environment, StringWriter err, String... arguments) {
        return new Embedded(environment, InstantSource.system())
                .run(List.of(arguments), new PrintWriter(new StringWriter()), new PrintWriter(err));
    }

    @Test
    void a_run_in_the_place_of_an_earlier_tool_is_told_too_and_so_is_that_it_was_not_taken() throws Exception {
        try (SandboxServer server = world();
                Collector collector = new Collector()) {
            Map<String, String> environment = environment(server);
            environment.put("key_age", "30");
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
            StringWriter err = new StringWriter();

            run(environment, err, "run", "--preset", "sentry");

            assertThat(collector.points()).containsEntry("keyturn.run.complete {}", 1.0);
            assertThat(collector.spans()).anyMatch(span -> span.getName().equals("keyturn run"));
            assertThat(err.toString()).doesNotContain("OpenTelemetry");
            collector.status = 500;
            assertThat(run(environment, err, "run", "--preset", "sentry")).isEqualTo(3);
            assertThat(err.toString()).contains("could not hand the run to OpenTelemetry's collector: ");
        }
    }

    @Test
    void each_run_of_a_server_is_told() throws Exception {
        try (SandboxServer server = world();
                Collector collector = new Collector()) {
            Map<String, String> environment = environment(server);
            environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
            List<String> said = new ArrayList<>();
            try (Serving serving = new Serving(
                    Settings.defaults(folder.resolve("keyturn.db")), environment, InstantSource.system(), said::add)) {
                assertThat(serving.begin(false, null)).isEmpty();
                serving.idle();
                assertThat(serving.begin(true, null)).isEmpty();
                serving.idle();
            }

            assertThat(said).isEmpty();
            assertThat(collector.metrics).hasSize(2);
            assertThat(collector.points()).containsEntry("keyturn.run.complete {}", 1.0);
        }
    }

    @Test
    void without_a_collector_nothing_of_opentelemetry_is_loaded() throws Exception {
        List<URL> without = new ArrayList<>();
        for (String one : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!one.contains("opentelemetry")) {
                without.add(Path.of(one).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(without.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> embedded = loader.loadClass(Embedded.class.getName());
            Object process = embedded.getConstructor(Map.class, InstantSource.class)
                    .newInstance(Map.of("HOME", folder.toString()), InstantSource.system());
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();

            Object exit = embedded.getMethod("run", List.class, PrintWriter.class, PrintWriter.class)
                    .invoke(
                            process,
                            List.of("scan", "--demo", "--output", "csv"),
                            new PrintWriter(out),
                            new PrintWriter(err));

            assertThat(exit).as(err.toString()).isIn(0, 3);
            assertThat(out.toString().lines()).hasSizeGreaterThan(200);
            assertThat(loader.getResource("io/opentelemetry/sdk/OpenTelemetrySdk.class"))
                    .isNull();
        }
    }
}
