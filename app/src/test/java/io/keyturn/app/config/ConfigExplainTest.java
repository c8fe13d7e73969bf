package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ConfigExplainTest {
    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder).with("owners.yaml", "deploy: platform\n");
    }

    private JsonNode explained(String yaml) {
        return ConfigExplain.tree(config.settings(yaml));
    }

    private static List<String> leaf(JsonNode tree, String pointer) {
        JsonNode leaf = tree.at(pointer);
        return List.of(leaf.path("value").toString(), leaf.path("from").asString());
    }

    @Test
    void each_value_names_its_line_and_column_or_that_it_is_a_default() {
        JsonNode tree = explained("read: live\npolicies:\n  - name: all\n    age: {expire: 90d}\n");

        assertThat(leaf(tree, "/read")).containsExactly("\"live\"", "keyturn.yaml:1:7");
        assertThat(leaf(tree, "/policies/0/name")).containsExactly("\"all\"", "keyturn.yaml:3:11");
        assertThat(leaf(tree, "/policies/0/age/expire")).containsExactly("\"90d\"", "keyturn.yaml:4:19");
        assertThat(leaf(tree, "/policies/0/age/on-expire")).containsExactly("[\"remind\"]", "default");
        assertThat(leaf(tree, "/fast")).containsExactly("false", "default");
    }

    @Test
    void without_a_file_everything_is_a_default_and_still_shown() {
        List<String> table =
                ConfigExplain.table(ConfigExplain.tree(config.loader().defaults()));

        assertThat(table.getFirst()).matches("key +value +from");
        assertThat(table.subList(1, table.size()))
                .hasSizeGreaterThan(30)
                .allMatch(row -> row.endsWith("  default") || row.matches(" *(- )?[a-z-]+"));
        assertThat(table)
                .anyMatch(row -> row.matches("  - name +default +default"))
                .anyMatch(row -> row.matches("      expire +90d +default"))
                .anyMatch(row -> row.matches("first-notice +30d +default"))
                .anyMatch(row -> row.matches("approval +none +default"));
    }

    @Test
    void every_value_that_is_written_is_shown_with_its_place() {
        Settings settings = config.settings(ConfigFolder.resource("every-key.yaml"));
        String tree = ConfigExplain.tree(settings).toString();

        settings.origins().forEach((path, place) -> {
            boolean section = settings.origins().keySet().stream()
                    .anyMatch(other -> other.startsWith(path + ".") || other.startsWith(path + "["));
            if (!section) {
                assertThat(tree).as(path).contains("\"from\":\"" + place + "\"");
            }
        });
    }

    @Test
    void no_secret_is_shown_and_a_reference_is() throws Exception {
        config.with("keyturn.yaml", ConfigFolder.resource("every-key.yaml"));
        Loaded.Ok looked = (Loaded.Ok) config.loader().check(folder.resolve("keyturn.yaml"), false);
        String tree = ConfigExplain.tree(looked.settings()).toString();

        assertThat(tree)
                .doesNotContain("between-us")
                .contains("${credstash:slack.api.token}", "${env:KEYTURN_EXTERNAL_ID}");
        assertThat(ConfigExplain.tree(config.settings(ConfigFolder.whole())).toString())
                .doesNotContain("between-us")
                .contains("set, and not shown");
    }
}
