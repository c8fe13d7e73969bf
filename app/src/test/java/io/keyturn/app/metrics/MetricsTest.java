package io.keyturn.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.app.render.CsvRenderer;
import io.keyturn.app.render.Outcomes;
import io.keyturn.core.model.AccessKey;
import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MetricsTest {
    private static final AccountOutcome.Surveyed PARTLY =
            Outcomes.surveyed("data", new Reading.Partial("throttled"), Outcomes.user("x", "", Outcomes.key(7, 40, 3)));
    private static final AccountOutcome.Surveyed HOSTILE = Outcomes.surveyed(
            "a \"b\",c=d\n\\ 🔑\u202E", Reading.COMPLETE, Outcomes.user("x=1,y", "", Outcomes.key(7, 400, 3)));

    @TempDir
    Path folder;

    @Test
    void anAccountReadInPartIsIncompleteInEveryForm() {
        assertThat(Told.prometheus(PARTLY))
                .contains("keyturn_account_complete{account=\"data\",account_id=\"111122223333\"} 0.0\n")
                .contains("keyturn_run_complete 0.0\n")
                .contains("keyturn_accounts{state=\"partly\"} 1.0\n");
        assertThat(Told.influx(PARTLY))
                .contains("keyturn_account,account_id=111122223333,account=data complete=0,")
                .contains("keyturn_run complete=0,accounts_whole=0,accounts_partly=1,");
        assertThat(Told.emf(PARTLY)).allSatisfy(line -> {
            if (line.has("Complete")) {
                assertThat(line.get("Complete").asDouble()).isZero();
            }
        });
    }

    @Test
    void ofAnAccountThatCouldNotBeReadThereIsNoNumberOfKeysNotEvenZero() {
        AccountOutcome failed = Outcomes.failed("data");

        assertThat(Told.prometheus(failed))
                .contains("keyturn_account_complete{account=\"data\",account_id=\"444455556666\"} 0.0\n")
                .doesNotContain("keyturn_keys", "keyturn_overdue", "age_seconds");
        assertThat(Told.influx(failed))
                .contains("keyturn_account,account_id=444455556666,account=data complete=0 ")
                .doesNotContain("keys=");
        assertThat(Told.emf(failed).toString())
                .contains("\"AccountId\":\"444455556666\",\"AccountName\":\"data\",\"Complete\":0.0}")
                .doesNotContain("Keys");
    }

    @Test
    void aScanPlansNothingAndSaysNothingOfAPlan() {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        for (NumbersRenderer form : List.of(
                new PrometheusRenderer(out, false),
                new InfluxRenderer(out, Outcomes.NOW, false),
                new EmfRenderer(out))) {
            form.account(Outcomes.production(), finding -> true);
            form.end(Outcomes.plan(Outcomes.production()), false);
            form.over(Told.END);
        }

        assertThat(text.toString()).contains("keyturn_run_complete", "keyturn_run ", "\"Complete\"");
        assertThat(text.toString().toLowerCase(Locale.ROOT)).doesNotContain("plan", "deferred");
    }

    @Test
    void keysAreTheirOwnSeriesOnlyWhereThatIsAskedFor() {
        assertThat(Told.prometheus(Outcomes.production())).doesNotContain("user=", "ci-deploy");
        assertThat(Told.influx(Outcomes.production())).doesNotContain("keyturn_key,", "ci-deploy");

        assertThat(Told.by(out -> new PrometheusRenderer(out, true), Outcomes.production()))
                .contains("keyturn_key_age_seconds{account=\"production\",account_id=\"111122223333\",key=\"1001\","
                        + "standing=\"expired\",user=\"ci-deploy\"} " + 371 * 86_400d);
        assertThat(Told.by(out -> new InfluxRenderer(out, Outcomes.NOW, true), Outcomes.production()))
                .contains("keyturn_key,account_id=111122223333,account=production,user=ci-deploy,key=1001,"
                        + "standing=expired,policy=all known=1,age_days=371,idle_days=0 ");
    }

    @Test
    void keysOfOneUserThatEndAlikeAreToldApart() {
        AccessKey nameless = new AccessKey(
                2, null, true, Outcomes.ago(9), Outcomes.key(1, 9, 9).lastUse(), Outcomes.NOW);
        AccountOutcome twins = Outcomes.surveyed(
                "p",
                Reading.COMPLETE,
                Outcomes.user("u", "", Outcomes.key(1, 9, 9), Outcomes.key(10001, 8, 8), nameless));

        assertThat(Told.by(out -> new PrometheusRenderer(out, true), twins))
                .contains("key=\"0001\"", "key=\"0001 (2)\"", "key=\"slot 2\"");
    }

    @Test
    void hostileNamesStayOneValueInPrometheus() {
        assertThat(Told.prometheus(HOSTILE))
                .contains("account=\"a \\\"b\\\",c=d\\\\u000a\\\\ 🔑\\\\u202e\"")
                .doesNotContain("c=d\n");
    }

    @Test
    void hostileNamesStayOneValueInInflux() {
        assertThat(SameNumbersTest.lines(Told.influx(HOSTILE), "keyturn_account,"))
                .singleElement()
                .asString()
                .contains(",account=a\\ \"b\"\\,c\\=d\\u000a\\u005c\\ 🔑\\u202e complete=1,");
    }

    @Test
    void everyLineOfTheEmbeddedFormatIsWhatCloudWatchAsksFor() throws IOException {
        for (JsonNode line : Told.emf(Outcomes.production(), PARTLY, HOSTILE, Outcomes.failed("x"))) {
            assertThat(emfSchema().validate(line.toString(), InputFormat.JSON)).isEmpty();
            JsonNode directive = line.get("_aws").get("CloudWatchMetrics").get(0);
            directive
                    .get("Metrics")
                    .forEach(metric -> assertThat(
                                    line.get(metric.get("Name").asString()).isNumber())
                            .isTrue());
            directive
                    .get("Dimensions")
                    .get(0)
                    .forEach(name ->
                            assertThat(line.get(name.asString()).asString()).matches("[\\x20-\\x7e]+"));
        }
    }

    private static Schema emfSchema() throws IOException {
        try (InputStream schema = MetricsTest.class.getResourceAsStream("emf.schema.json")) {
            assertThat(schema).isNotNull();
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(schema.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }

    @Test
    void theFileTellsOfEveryKeyWhateverIsShownAndIsReplacedWhole() throws IOException {
        Path file = Files.writeString(folder.resolve("keyturn.prom"), "old");
        StringWriter shown = new StringWriter();
        MetricsFile both = new MetricsFile(new CsvRenderer(shown), file, false);
        both.account(Outcomes.production(), finding -> false);
        both.end(Outcomes.plan(Outcomes.production()), true);
        assertThat(file).hasContent("old");

        both.over(Told.END);

        assertThat(file).hasContent(Told.prometheus(Outcomes.production()));
        assertThat(shown.toString()).doesNotContain("ci-deploy");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFileThatCannotBeWrittenSaysWhyAndLeavesTheOldOne() {
        MetricsFile both = new MetricsFile(new CsvRenderer(new StringWriter()), folder.resolve("none/k.prom"), false);

        assertThatThrownBy(() -> both.over(Told.END))
                .isInstanceOf(IOException.class)
                .hasMessage("could not write the metrics to " + folder.resolve("none/k.prom")
                        + ": there is no such file or folder; what stood there before still does: free some space, or name"
                        + " another file");
    }
}
