package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference page is true: its table is that of the schema, and the schema's defaults hold. */
class ReferenceTest {
    private static final String BEGIN = "<!-- from keyturn.schema.json -->\n";
    private static final String END = "<!-- end -->\n";

    @TempDir
    private Path folder;

    private ConfigFolder config;
    private String page;

    @BeforeEach
    void open() throws Exception {
        config = new ConfigFolder(folder).with("owners.yaml", "deploy: platform\n");
        page = Files.readString(Path.of("..", "docs", "reference", "configuration.md"));
    }

    @Test
    void the_example_of_the_guide_loads() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "guide", "acting.md"));
        Matcher examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(guide);

        assertThat(examples.find()).isTrue();
        assertThat(config.warnings(examples.group(1))).isEmpty();
    }

    @Test
    void the_examples_of_the_guide_to_notices_load() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "guide", "notices.md"));
        Matcher examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(guide);
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(config.warnings(examples.group(1))).isEmpty();
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void the_examples_of_the_guide_to_jira_load() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "guide", "jira.md"));
        Matcher examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(guide);
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(config.warnings(examples.group(1))).isEmpty();
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void the_examples_of_the_guide_to_sinks_load_in_a_policy() throws Exception {
        String guide = Files.readString(Path.of("..", "docs", "guide", "delivering.md"));
        Matcher examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(guide);
        int count = 0;
        while (examples.find()) {
            count++;
            String policy = "policies:\n  - name: a\n    age: {expire: 90d, on-expire: [rotate]}\n";
            assertThat(config.settings(policy + examples.group(1).indent(4))).isNotNull();
        }
        assertThat(count).isEqualTo(3);
    }

    @Test
    void the_table_of_keys_is_that_of_the_schema() {
        assertThat(page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END)))
                .as("paste this between the marks of docs/reference/configuration.md")
                .isEqualTo(table());
    }

    @Test
    void the_defaults_of_the_schema_are_those_that_hold() {
        JsonNode explained = ConfigExplain.tree(config.settings("""
                accounts: [{}]
                policies:
                  - name: a
                    age: {expire: 90d}
                    idle: {expire: 45d}
                    rotate: {deliver: {to: secrets-manager, readers: ["arn:aws:iam::111122223333:role/a"]}}
                act-window: {}
                schedule: {cron: "0 6 * * *"}
                channels:
                  webhook: {url: "${env:HOOK}"}
                  slack: {token: "${env:SLACK}"}
                  jira: {url: "https://jira.example.com", project: OPS, token: "${env:JIRA}"}
                """));

        int compared = 0;
        for (SchemaKeys.Key key : SchemaKeys.of(JsonMapper.shared().readTree(ConfigSchema.text()))) {
            if (key.fallback() != null && !key.path().equals("leaks")) {
                JsonNode leaf =
                        explained.at("/" + key.path().replace("[]", "/0").replace(".", "/"));
                assertThat(leaf.path("value")).as(key.path()).isEqualTo(key.fallback());
                assertThat(leaf.path("from").asString()).as(key.path()).isEqualTo("default");
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(15);
    }

    private static String table() {
        StringBuilder out = new StringBuilder("| key | what it says | values | without it |\n|---|---|---|---|\n");
        for (SchemaKeys.Key key : SchemaKeys.of(JsonMapper.shared().readTree(ConfigSchema.text()))) {
            if (key.path().matches("limits\\.(?!create).*\\..*")) {
                continue;
            }
            String fallback = key.fallback() == null
                    ? ""
                    : "`" + (key.fallback().isString() ? key.fallback().asString() : key.fallback()) + "`";
            out.append("| `")
                    .append(key.path().replace("limits.create.", "limits.*."))
                    .append("` | ");
            out.append(key.description().replace("|", "\\|")).append(" | ");
            out.append(key.values()).append(" | ").append(fallback).append(" |\n");
        }
        return out.toString();
    }
}
