package io.keyturn.app.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.keyturn.core.model.Reading;
import io.keyturn.engine.run.AccountOutcome;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FilesTest {
    private static String json(boolean plan, AccountOutcome... outcomes) {
        StringWriter text = new StringWriter();
        JsonRenderer json = new JsonRenderer(text);
        for (AccountOutcome outcome : outcomes) {
            json.account(outcome, finding -> true);
        }
        json.end(Outcomes.plan(outcomes), plan);
        return text.toString();
    }

    private static Schema schema() throws IOException {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("../docs/reference/findings.schema.json")), InputFormat.JSON);
    }

    @Test
    void jsonOfAScanFitsThePublishedSchema() throws IOException {
        String json = json(false, Outcomes.production(), Outcomes.failed("data"));

        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(json).doesNotContain("\"hash\"").contains("AKIA0000000000001002");
    }

    @Test
    void jsonOfAPlanFitsThePublishedSchema() throws IOException {
        String json = json(true, Outcomes.production());

        assertThat(schema().validate(json, InputFormat.JSON)).isEmpty();
        assertThat(json).contains("\"open-ticket\"").contains("\"hash\"");
    }

    @Test
    void jsonHasALineForEachFinding() {
        assertThat(json(false, Outcomes.production()).lines().filter(line -> line.startsWith("    {\"account\": \"")))
                .hasSize(Outcomes.production().findings().size())
                .allMatch(line -> line.endsWith("\"controls\": []}") || line.endsWith("},") || line.endsWith("}"));
    }

    @Test
    void theSchemaRefusesAStandingThatNobodyKnows() throws IOException {
        String json = json(false, Outcomes.production()).replace("\"expired\"", "\"stale\"");

        assertThat(schema().validate(json, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    void jsonOfARunThatMissedSomethingIsNotComplete() {
        assertThat(json(false, Outcomes.production(), Outcomes.failed("data"))).contains("\"complete\": false\n}");
        assertThat(json(false, Outcomes.production())).endsWith("\"complete\": true\n}\n");
    }

    @Test
    void aCellOfCsvIsNeverAFormula() {
        StringWriter text = new StringWriter();
        CsvRenderer csv = new CsvRenderer(text);
        csv.account(
                Outcomes.surveyed(
                        "prod", Reading.COMPLETE, Outcomes.user("=cmd|' /C calc'!A0", "@x", Outcomes.key(7, 400, 0))),
                finding -> true);
        csv.end(Outcomes.plan(), false);

        assertThat(text.toString()).contains("'=cmd|").contains("'@x");
    }

    @Test
    void anAccountReadInPartHasALineOfItsOwnInCsv() {
        StringWriter text = new StringWriter();
        CsvRenderer csv = new CsvRenderer(text);
        AccountOutcome.Surveyed partly =
                Outcomes.surveyed("data", new Reading.Partial("the last use of keys could not be read: throttled"));
        csv.account(partly, finding -> true);
        csv.end(Outcomes.plan(partly), false);

        assertThat(text.toString())
                .contains("account,", "unknown", "not everything was read: the last use of keys could not be read");
    }
}
