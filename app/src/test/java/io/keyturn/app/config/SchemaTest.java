package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published schema and the loader give the same verdict: on good files, on every fault that a schema can see. */
class SchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ConfigSchema.text(), InputFormat.JSON);

    /** What only the loader can know: it compares values, compiles conditions and looks at files. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "is written twice",
            "is the name of an earlier policy",
            "is not before expire",
            "is longer than a hundred years",
            "would remind in every run",
            "leaves the owner no time to answer",
            "leaves no time",
            "does not grow from entry to entry",
            "is more than global allows",
            "ends before it begins",
            "is not a time zone",
            "is not a cron expression: ",
            "is a day that never comes",
            "begins runs less than ten minutes apart",
            "is not a time between runs",
            "is not a folder",
            "is not a date",
            "is not a day or a span of days",
            "the condition is of type",
            "undeclared reference",
            "unknown attribute",
            "in: ",
            "cannot be read",
            "of no known kind",
            "not set; set",
            "this is not YAML");

    @TempDir
    private Path folder;

    private ConfigFolder config;
    private int compared;
    private int refusedByBoth;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder)
                .with("owners.yaml", "deploy: platform\n")
                .with("owners.txt", "deploy: platform\n");
    }

    @Test
    void it_is_a_schema_of_its_own_dialect_with_a_description_for_every_key() {
        JsonNode schema = JsonMapper.shared().readTree(ConfigSchema.text());

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(com.networknt.schema.SchemaLocation.of(
                                schema.get("$schema").asString()))
                        .validate(ConfigSchema.text(), InputFormat.JSON))
                .isEmpty();
        assertThat(schema.get("$id").asString()).isEqualTo(ConfigSchema.ID);
        assertThat(SchemaKeys.of(schema))
                .hasSizeGreaterThan(80)
                .allSatisfy(key -> assertThat(key.description()).as(key.path()).isNotEmpty());
    }

    @Test
    void good_files_pass_both() {
        for (String good : List.of(ConfigFolder.whole(), everyKey(), "{}", "read: live")) {
            compare(good);
            assertThat(config.load(good)).isInstanceOf(Loaded.Ok.class);
        }
    }

    @Test
    void the_file_with_every_key_has_every_key_of_the_schema() {
        Settings settings = config.settings(everyKey());

        assertThat(settings.origins().keySet().stream()
                        .map(path -> path.replaceAll("\\[\\d+]", "[]"))
                        .toList())
                .containsAll(SchemaKeys.of(JsonMapper.shared().readTree(ConfigSchema.text())).stream()
                        .map(SchemaKeys.Key::path)
                        // The two other ways to reach a default owner are read as the first is.
                        .filter(path -> !path.endsWith("[].default.email") && !path.endsWith("[].default.name"))
                        // A file names a token or a webhook.
                        .filter(path -> !path.equals("channels.slack.webhook"))
                        // A schedule goes by times, or by the time between.
                        .filter(path -> !path.equals("schedule.every"))
                        .filter(path ->
                                !path.startsWith("limits.") || path.endsWith("t") && path.contains("deactivate"))
                        .toList());
    }

    @Test
    void every_single_fault_in_the_file_with_every_key_gets_the_same_verdict() {
        ObjectNode whole = (ObjectNode) YAMLMapper.shared().readTree(everyKey());
        for (String key : List.copyOf(whole.propertyNames())) {
            ObjectNode alone = JsonMapper.shared().createObjectNode();
            alone.set(key, whole.get(key));
            // A small file is read many times sooner; where a part needs the others, it has them.
            ObjectNode file = config.load(alone.toString()) instanceof Loaded.Ok ? alone : whole.deepCopy();
            mutate(file, file, List.of(key));
        }

        assertThat(compared).isGreaterThan(1_000);
        assertThat(refusedByBoth).isGreaterThan(1_000);
    }

    @Test
    void every_case_of_bad_input_gets_the_same_verdict() throws Exception {
        try (var in = SchemaTest.class.getResourceAsStream("bad-input.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("   ") && !line.contains("\\") && !line.equals("read: ["))
                    .forEach(this::compare);
        }

        assertThat(compared).isGreaterThan(90);
    }

    private static String everyKey() {
        return ConfigFolder.resource("every-key.yaml");
    }

    /** Replaces, removes and adds at every place below {@code at}, and compares each time. */
    private void mutate(JsonNode whole, JsonNode at) {
        if (at instanceof ObjectNode object) {
            object.put("unknwon", true);
            compare(whole.toString());
            object.remove("unknwon");
            mutate(whole, object, List.copyOf(object.propertyNames()));
        } else if (at instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode was = array.get(i);
                for (JsonNode other : others(was)) {
                    array.set(i, other);
                    compare(whole.toString());
                }
                array.set(i, was);
                mutate(whole, was);
            }
        }
    }

    private void mutate(JsonNode whole, ObjectNode object, List<String> keys) {
        for (String key : keys) {
            JsonNode was = object.get(key);
            object.remove(key);
            compare(whole.toString());
            for (JsonNode other : others(was)) {
                object.set(key, other);
                compare(whole.toString());
            }
            object.set(key, was);
            mutate(whole, was);
        }
    }

    private static List<JsonNode> others(JsonNode was) {
        List<JsonNode> others = new ArrayList<>();
        for (String json : List.of("7", "-1", "1.5", "true", "null", "[]", "{}", "\"\"", "\" \"", "\"?!\"", "\"0\"")) {
            others.add(JsonMapper.shared().readTree(json));
        }
        if (was.isString()) {
            String text = was.asString();
            for (String other : List.of(text + "x", text + " ", "-" + text, text.toUpperCase(java.util.Locale.ROOT))) {
                others.add(
                        was.asString().equals(other) ? was : JsonMapper.shared().stringNode(other));
            }
        }
        return others;
    }

    private void compare(String yaml) {
        compared++;
        boolean fits = SCHEMA.validate(yaml, InputFormat.YAML).isEmpty();
        Loaded loaded = config.load(yaml);
        if (fits) {
            assertThat(ConfigFolder.sentences(loaded))
                    .as("the schema accepts and the loader refuses:%n%s", yaml)
                    .allMatch(said -> loaded instanceof Loaded.Ok
                            || BEYOND_A_SCHEMA.stream().anyMatch(said::contains));
        } else {
            assertThat(loaded)
                    .as(
                            "the schema refuses and the loader accepts:%n%s%n%s",
                            yaml, SCHEMA.validate(yaml, InputFormat.YAML))
                    .isInstanceOf(Loaded.Bad.class);
            refusedByBoth++;
        }
    }
}
