package io.keyturn.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.app.render.Outcomes;
import io.keyturn.core.model.Reading;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.run.AccountOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What metrics say is what can be counted in the JSON of the same run. */
class SameNumbersTest {
    private static final AccountOutcome[] RUN = {
        Outcomes.production(),
        Outcomes.surveyed("data", new Reading.Partial("throttled"), Outcomes.user("x", "", Outcomes.key(7, 40, 3))),
        Outcomes.failed("sandbox"),
        new AccountOutcome.Skipped("old", "999988887777", "suspended")
    };

    private static List<JsonNode> findings() {
        return StreamSupport.stream(Told.json(RUN).get("findings").spliterator(), false)
                .toList();
    }

    /** Keys of all accounts by standing, counted in the JSON. */
    private static Map<String, Double> counted() {
        Map<String, Double> counts = new TreeMap<>();
        for (Standing standing : Standing.values()) {
            counts.put(standing.label(), 0.0);
        }
        findings().forEach(finding -> counts.merge(finding.get("standing").asString(), 1.0, Double::sum));
        return counts;
    }

    private static Map<String, Double> samples(String text) {
        Map<String, Double> samples = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int space = line.lastIndexOf(' ');
            samples.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        });
        return samples;
    }

    @Test
    void prometheusCountsTheKeysThatTheJsonLists() {
        Map<String, Double> sums = new TreeMap<>();
        Pattern keys = Pattern.compile("keyturn_keys\\{.*standing=\"(.*)\"}");
        samples(Told.prometheus(RUN)).forEach((series, value) -> {
            Matcher match = keys.matcher(series);
            if (match.matches()) {
                sums.merge(match.group(1), value, Double::sum);
            }
        });

        assertThat(sums).isEqualTo(counted());
    }

    @Test
    void influxCountsTheKeysThatTheJsonLists() {
        Map<String, Double> sums = new TreeMap<>();
        for (String line : lines(Told.influx(RUN), "keyturn_account,")) {
            Map<String, Double> fields = fields(line);
            counted().keySet().stream()
                    .filter(fields::containsKey)
                    .forEach(standing -> sums.merge(standing, fields.get(standing), Double::sum));
        }

        assertThat(sums).isEqualTo(counted());
    }

    @Test
    void theEmbeddedFormatCountsTheKeysThatTheJsonLists() {
        Map<String, Double> sums = new TreeMap<>();
        for (JsonNode line : Told.emf(RUN)) {
            for (String standing : counted().keySet()) {
                JsonNode value = line.get(Character.toUpperCase(standing.charAt(0)) + standing.substring(1) + "Keys");
                if (value != null) {
                    sums.merge(standing, value.asDouble(), Double::sum);
                }
            }
        }

        assertThat(sums).isEqualTo(counted());
    }

    @Test
    void agesAreThoseOfTheJsonInEveryForm() {
        List<Long> ages = findings().stream()
                .filter(finding -> !finding.get("user").asString().equals("x"))
                .map(finding -> finding.get("ageDays").asLong())
                .sorted()
                .toList();
        double oldest = ages.getLast();
        double median = ages.get(ages.size() / 2);
        String labels = "{account=\"production\",account_id=\"111122223333\"}";

        assertThat(samples(Told.prometheus(RUN)))
                .containsEntry("keyturn_oldest_key_age_seconds" + labels, oldest * 86_400)
                .containsEntry("keyturn_median_key_age_seconds" + labels, median * 86_400);
        assertThat(fields(lines(Told.influx(RUN), "keyturn_account,account_id=111122223333,account=production")
                        .getFirst()))
                .containsEntry("oldest_days", oldest)
                .containsEntry("median_days", median);
        JsonNode line = Told.emf(RUN).stream()
                .filter(one -> "production".equals(one.path("AccountName").asString("")))
                .findFirst()
                .orElseThrow();
        assertThat(line.get("OldestKeyAgeDays").asDouble()).isEqualTo(oldest);
        assertThat(line.get("MedianKeyAgeDays").asDouble()).isEqualTo(median);
    }

    @Test
    void overdueKeysAndPlannedActionsAreThoseOfTheJson() {
        double overdue = findings().stream()
                .filter(finding -> finding.get("standing").asString().equals("expired")
                        && finding.get("account").asString().equals("111122223333"))
                .count();
        Map<String, Long> actions = StreamSupport.stream(
                        Told.json(RUN).get("actions").spliterator(), false)
                .collect(Collectors.groupingBy(action -> action.get("action").asString(), Collectors.counting()));

        Map<String, Double> samples = samples(Told.prometheus(RUN));
        assertThat(samples)
                .containsEntry(
                        "keyturn_overdue_keys{account=\"production\",account_id=\"111122223333\",policy=\"all\"}",
                        overdue);
        assertThat(actions).isNotEmpty();
        actions.forEach((verb, count) -> {
            assertThat(samples).containsEntry("keyturn_plan_actions{verb=\"" + verb + "\"}", (double) count);
            assertThat(Told.influx(RUN)).contains("keyturn_plan,verb=" + verb + " actions=" + count + " ");
        });
    }

    @Test
    void whatARunTookAndDidStandsInEveryForm() {
        assertThat(samples(Told.prometheus(RUN)))
                .containsEntry("keyturn_run_duration_seconds", 2.5)
                .containsEntry(
                        "keyturn_run_timestamp_seconds", (double) Told.END.at().getEpochSecond())
                .containsEntry("keyturn_run_aws_calls", 7.0)
                .containsEntry("keyturn_run_aws_throttles", 1.0)
                .containsEntry("keyturn_run_actions{outcome=\"done\",verb=\"remind\"}", 2.0)
                .containsEntry("keyturn_run_actions{outcome=\"failed\",verb=\"deactivate\"}", 1.0);
        assertThat(Told.influx(RUN))
                .contains("seconds=2.5,aws_calls=7,aws_throttles=1 ")
                .contains("keyturn_action,verb=deactivate,outcome=failed actions=1 ");
        assertThat(Told.emf(RUN).toString())
                .contains("\"Duration\":2500.0")
                .contains("\"Verb\":\"deactivate\",\"Outcome\":\"failed\",\"Actions\":1.0");
    }

    static List<String> lines(String text, String start) {
        return text.lines().filter(line -> line.startsWith(start)).toList();
    }

    /** The fields of a line whose tags hold no space. */
    static Map<String, Double> fields(String line) {
        Map<String, Double> fields = new HashMap<>();
        for (String field : line.split(" ")[1].split(",")) {
            fields.put(field.split("=")[0], Double.valueOf(field.split("=")[1]));
        }
        return fields;
    }
}
