package io.keyturn.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.render.Outcomes;
import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every query of the dashboards finds something in what Keyturn printed, and the alert rules pass their tests. */
@Timeout(300)
class DashboardsTest {
    private static final Path DEPLOY = Path.of("../deploy/grafana").toAbsolutePath();
    private static final AccountOutcome[] RUN = {
        Outcomes.production(),
        Outcomes.surveyed("data", new Reading.Partial("throttled"), Outcomes.user("x", "", Outcomes.key(7, 40, 3))),
        Outcomes.failed("sandbox")
    };

    @TempDir
    Path folder;

    /** A query of a dashboard, and the panel it stands in. */
    private record Query(String panel, String text) {}

    private static List<Query> queries(String file, String member) throws IOException {
        JsonNode board = JsonMapper.shared().readTree(Files.readString(DEPLOY.resolve(file)));
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : board.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                queries.add(new Query(
                        panel.get("title").asString(), target.get(member).asString()));
            }
        }
        assertThat(queries).hasSizeGreaterThan(10);
        return queries;
    }

    @Test
    void prometheusAnswersEveryQueryOfItsDashboard() throws Exception {
        try (PrometheusServer prometheus = PrometheusServer.start(
                folder, Told.prometheus(RUN), Told.END.at().plusSeconds(60))) {
            for (Query query : queries("prometheus.json", "expr")) {
                JsonNode answer = prometheus.query(query.text().replace("$account", ".*"));
                assertThat(answer.path("data").path("result").size())
                        .as("%s: %s", query, answer)
                        .isPositive();
            }
            JsonNode decide = prometheus.query(
                    queries("prometheus.json", "expr").getFirst().text().replace("$account", ".*"));
            assertThat(decide.toString()).contains("\"2\"]");
        }
    }

    @Test
    void influxDbAnswersEveryQueryOfItsDashboard() throws Exception {
        try (InfluxServer influx = InfluxServer.start(folder)) {
            assertThat(influx.write(Told.influx(RUN)).statusCode()).isEqualTo(204);
            String time = "time > '2026-11-22' AND time < '2026-11-25'";
            for (Query query : queries("influxdb.json", "query")) {
                JsonNode answer = influx.query(query.text()
                        .replace("$account", ".*")
                        .replace("$timeFilter", time)
                        .replace("$__interval", "1h"));
                assertThat(answer.has("series")).as("%s: %s", query, answer).isTrue();
                if (query.panel().equals("Keys that need a decision")) {
                    assertThat(answer.toString()).contains(",2]");
                }
            }
        }
    }

    @Test
    void theAlertRulesPassTheirTests() throws Exception {
        Program tested = Program.run(DEPLOY, "", List.of("promtool", "test", "rules", "alerts.test.yaml"));

        assertThat(tested.exit()).as(tested.out()).isZero();
        assertThat(tested.out()).contains("SUCCESS");
    }

    @Test
    void everyAlertIsTested() throws IOException {
        String rules = Files.readString(DEPLOY.resolve("alerts.yaml"));
        String tests = Files.readString(DEPLOY.resolve("alerts.test.yaml"));

        assertThat(rules.lines()
                        .filter(line -> line.contains("- alert: "))
                        .map(line -> line.replaceFirst(".*- alert: ", "")))
                .hasSizeGreaterThan(5)
                .allSatisfy(alert -> assertThat(tests).contains("alertname: " + alert + "\n"));
    }
}
