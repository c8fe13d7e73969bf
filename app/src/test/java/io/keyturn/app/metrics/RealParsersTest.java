package io.keyturn.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.render.Outcomes;
import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Metrics as the programs read them that people send them to: promtool, InfluxData's parser, InfluxDB. */
@Timeout(300)
class RealParsersTest {
    /** Account names and user names made to break out of a value; IAM and Organizations would take most of them. */
    private static final List<String> HOSTILE = List.of(
            "a,b=c d",
            "x\",account_id=\"1",
            "back\\slash",
            "at the end\\",
            "before\\,comma",
            "before\\ space",
            "twice\\\\",
            "line\nkeyturn_run complete=1",
            "return\rkeyturn_run complete=1",
            "{}#",
            "🔑 emoji",
            "\u202Eturned",
            "'quoted'",
            "tab\there");

    @TempDir
    static Path folder;

    private static Path parser;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        parser = Path.of("target", "line-protocol").toAbsolutePath();
        Program built = Program.run(
                Path.of("src/test/go/line-protocol"), "", List.of("go", "build", "-o", parser.toString(), "."));
        assertThat(built.exit()).as(built.out()).isZero();
    }

    private static AccountOutcome[] hostile() {
        List<AccountOutcome> outcomes = new ArrayList<>(List.of(Outcomes.production(), Outcomes.failed("data")));
        HOSTILE.forEach(name -> outcomes.add(Outcomes.surveyed(
                name, Reading.COMPLETE, Outcomes.user(name.replaceAll("[^!-~]", "_"), "", Outcomes.key(7, 400, 3)))));
        outcomes.add(Outcomes.failed("\n"));
        outcomes.add(Outcomes.failed("\n"));
        return outcomes.toArray(AccountOutcome[]::new);
    }

    @Test
    void promtoolFindsNothingWrongWithTheMetricsNorWithTheirNames() throws Exception {
        for (boolean perKey : new boolean[] {false, true}) {
            String text = Told.by(out -> new PrometheusRenderer(out, perKey), hostile());

            Program checked = Program.run(folder, text, List.of("promtool", "check", "metrics"));

            assertThat(checked.out()).isEmpty();
            assertThat(checked.exit()).isZero();
        }
    }

    @Test
    void promtoolWouldFindWhatIsWrong() throws Exception {
        String broken = Told.prometheus(Outcomes.production()) + "keyturn_x{account=\"a\"b\"} 1\n";

        assertThat(Program.run(folder, broken, List.of("promtool", "check", "metrics"))
                        .exit())
                .isNotZero();
    }

    @Test
    void noSeriesStandsTwiceForThatWouldSpoilTheOthers() {
        assertThat(Told.by(out -> new PrometheusRenderer(out, true), hostile())
                        .lines()
                        .map(line -> line.substring(0, line.lastIndexOf(' '))))
                .doesNotHaveDuplicates();
    }

    /** The lines as InfluxData's parser reads them. */
    private static List<JsonNode> parsed(String lines) throws Exception {
        Program read = Program.run(folder, lines, List.of(parser.toString()));
        assertThat(read.exit()).as(read.out()).isZero();
        return read.out()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    @Test
    void influxDatasParserReadsEveryLineAndEveryNameBack() throws Exception {
        String text = Told.by(out -> new InfluxRenderer(out, Outcomes.NOW, true), hostile());

        List<JsonNode> lines = parsed(text);

        assertThat(lines).hasSameSizeAs(text.lines().toList());
        List<String> accounts = lines.stream()
                .filter(line -> line.get("m").asString().equals("keyturn_account"))
                .map(line -> line.get("t").get("account").asString())
                .toList();
        assertThat(accounts)
                .contains(
                        "a,b=c d",
                        "x\",account_id=\"1",
                        "back\\slash",
                        "at the end\\u005c",
                        "before\\u005c,comma",
                        "before\\u005c space",
                        "twice\\\\u005c",
                        "line\\u000akeyturn_run complete=1",
                        "return\\u000dkeyturn_run complete=1",
                        "🔑 emoji",
                        "\\u202eturned")
                .hasSize(HOSTILE.size() + 4);
        assertThat(lines)
                .filteredOn(line -> line.get("m").asString().equals("keyturn_run"))
                .singleElement()
                .matches(run -> run.get("f").get("complete").asDouble() == 0);
    }

    @Test
    void influxDatasParserReadsKeychecksLines() throws Exception {
        StringWriter text = new StringWriter();
        for (String name : HOSTILE) {
            KeycheckLines lines = new KeycheckLines(new PrintWriter(text), 180, name);
            lines.account(Outcomes.production(), finding -> true);
            lines.end(Outcomes.plan(), false);
        }

        assertThat(parsed(text.toString())).hasSize(5 * HOSTILE.size()).allSatisfy(line -> {
            assertThat(line.get("m").asString()).isEqualTo("iam");
            assertThat(line.get("t").propertyNames()).containsExactly("accountAlias", "key", "name", "status");
        });
    }

    @Test
    void influxDbTakesTheLinesAndAnswersWithTheSameNames() throws Exception {
        try (InfluxServer influx = InfluxServer.start(folder)) {
            String text = Told.by(out -> new InfluxRenderer(out, Outcomes.NOW, true), hostile());

            assertThat(influx.write(text).statusCode()).isEqualTo(204);

            assertThat(influx.query("SHOW MEASUREMENTS").toString()).contains("keyturn_account", "keyturn_key");
            assertThat(influx.query("SHOW TAG VALUES FROM keyturn_account WITH KEY = account")
                            .toString())
                    .contains("\"a,b=c d\"", "before\\\\u005c,comma", "🔑 emoji", "twice\\\\\\\\u005c");
            assertThat(influx.query("SELECT sum(expired) FROM keyturn_account")
                            .get("series")
                            .get(0)
                            .get("values")
                            .get(0)
                            .get(1)
                            .asDouble())
                    .isEqualTo(2 + HOSTILE.size());
        }
    }
}
