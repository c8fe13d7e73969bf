package io.keyturn.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.fault.Fault;
import io.keyturn.sandbox.http.DoorOptions;
import io.keyturn.sandbox.http.SandboxServer;
import io.keyturn.sandbox.world.World;
import io.keyturn.sandbox.world.WorldSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class MetricsCommandTest {
    @TempDir
    Path folder;

    private Line line;

    @BeforeEach
    void open() {
        line = new Line(folder);
    }

    private SandboxServer world(DoorOptions door) throws Exception {
        World world = World.generate(new WorldSpec(3, 4, 220, 0.1, Instant.now()));
        SandboxServer server = SandboxServer.start(world, door, InstantSource.system());
        line.on(server);
        return server;
    }

    @Test
    void an_account_that_fails_is_a_metric_and_an_exit_code() throws Exception {
        Fault denied = new Fault("ListUsers", "111122223334", Fate.Kind.ACCESS_DENIED, 1, Integer.MAX_VALUE);
        try (SandboxServer server = world(DoorOptions.defaults().with(denied))) {
            assertThat(line.run("scan", "--read", "live", "--organization", "keyturn-read", "--output", "prometheus"))
                    .isEqualTo(Keyturn.NOT_READ);
        }

        assertThat(line.out())
                .containsPattern("keyturn_account_complete\\{account=\".*\",account_id=\"111122223334\"} 0.0")
                .doesNotContainPattern("keyturn_keys\\{.*account_id=\"111122223334\"")
                .contains("keyturn_accounts{state=\"failed\"} 1.0", "keyturn_run_complete 0.0");
    }

    @Test
    void a_run_tells_what_it_took_after_its_plan() throws Exception {
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(line.run("run", "--organization", "keyturn-read", "--output", "influx"))
                    .as(line.err())
                    .isZero();
        }

        assertThat(line.out().lines().toList().getLast()).matches("keyturn_run complete=1,.*,aws_calls=[1-9].*");
    }

    @Test
    void the_file_stands_beside_any_output_and_others_may_read_it() throws Exception {
        Path file = folder.resolve("keyturn.prom");
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(line.run("scan", "--output", "csv", "--metrics-file", file.toString()))
                    .as(line.err())
                    .isZero();
        }

        assertThat(line.out()).startsWith("account,accountName");
        assertThat(file).content().contains("keyturn_run_complete 1.0");
        assertThat(Files.getPosixFilePermissions(file)).contains(PosixFilePermission.OTHERS_READ);
    }

    @Test
    void a_file_that_cannot_be_written_fails_the_run() throws Exception {
        Path file = folder.resolve("none/keyturn.prom");
        try (SandboxServer server = world(DoorOptions.defaults())) {
            assertThat(line.run("scan", "--metrics-file", file.toString())).isEqualTo(Keyturn.NOT_READ);
            assertThat(line.run("run", "--metrics-file", file.toString())).isEqualTo(Keyturn.NOT_READ);
        }

        assertThat(line.err())
                .contains("keyturn: could not write the metrics to " + file + ": there is no such file or folder;"
                        + " what stood there before still does: free some space, or name another file");
    }

    @Test
    void keys_cannot_be_asked_for_where_nothing_would_tell_of_them() {
        assertThat(line.run("scan", "--demo", "--output", "emf", "--per-key")).isEqualTo(2);
        assertThat(line.err())
                .contains("--per-key has no meaning here: it is for --output influx, --output prometheus and"
                        + " --metrics-file; table, json and csv name keys by themselves");
    }

    @Test
    void a_collector_that_refuses_is_told_of_after_the_result() throws Exception {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(401, -1);
            }
        });
        collector.start();
        try {
            line.with(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "http://127.0.0.1:" + collector.getAddress().getPort());

            assertThat(line.run("scan", "--demo", "--output", "csv")).isEqualTo(Keyturn.NOT_READ);
            assertThat(line.out().lines()).hasSizeGreaterThan(200);
            assertThat(line.err()).contains("keyturn: could not hand the run to OpenTelemetry's collector: ");
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void a_framework_that_nobody_knows_is_refused_with_those_there_are() {
        assertThat(line.run("scan", "--demo", "--output", "ocsf", "--framework", "CIS-5"))
                .isEqualTo(2);
        assertThat(line.err())
                .contains(
                        "\"CIS-5\" is none of CIS-1.4, CIS-3.0, CIS-5.0, CIS-6.0, CIS-7.0, SecurityHub, PCI-DSS-4.0.1,"
                                + " NIST-800-53r5, NIST-800-171r2, NIST-CSF-2.0, SOC-2, ISO-27001-2022; did you mean"
                                + " \"CIS-5.0\"?");
    }

    @Test
    void a_framework_is_refused_where_it_would_mean_nothing() {
        assertThat(line.run("scan", "--demo", "--output", "csv", "--framework", "CIS-5.0"))
                .isEqualTo(2);
        assertThat(line.err())
                .contains(
                        "--framework has no meaning here: it is for --output ocsf and --output asff; json and csv name"
                                + " the controls of every framework");
    }

    @Test
    void findings_for_security_hub_ask_for_its_region() {
        assertThat(line.run("scan", "--demo", "--output", "asff")).isEqualTo(2);
        assertThat(line.err())
                .contains("--output asff names the Region of the Security Hub that is to take the findings, and none is"
                        + " set: set AWS_REGION");

        assertThat(line.with("AWS_REGION", "eu-west-1")
                        .run("scan", "--demo", "--output", "asff", "--framework", "cis-5.0"))
                .as(line.err())
                .isZero();
        assertThat(line.out())
                .startsWith("[\n{\"SchemaVersion\":\"2018-10-08\"")
                .endsWith("}\n]\n");
    }
}
