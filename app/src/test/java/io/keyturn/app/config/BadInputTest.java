package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads where a configuration cannot be used: where, what was read, and what would be right. */
class BadInputTest {
    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder).with("owners.txt", "deploy: platform");
    }

    /** Each case of {@code bad-input.txt}: a line of YAML, and below it, indented, all that is said of it. */
    @TestFactory
    Stream<DynamicTest> each_is_refused_with_its_place_and_what_would_be_right() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        String yaml = "";
        List<String> said = new ArrayList<>();
        for (String line : lines()) {
            if (line.startsWith("   ")) {
                said.add(line.strip());
            } else {
                add(tests, yaml, List.copyOf(said));
                yaml = line;
                said.clear();
            }
        }
        add(tests, yaml, List.copyOf(said));
        assertThat(tests).hasSizeGreaterThan(100);
        return tests.stream();
    }

    private static List<String> lines() throws IOException {
        try (var in = BadInputTest.class.getResourceAsStream("bad-input.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private void add(List<DynamicTest> tests, String line, List<String> said) {
        if (!line.isEmpty()) {
            String yaml = line.replace("\\n", "\n").replace("\\t", "\t");
            tests.add(dynamicTest(line, () -> assertThat(config.problems(yaml)).containsExactlyElementsOf(said)));
        }
    }

    @Test
    void every_problem_is_reported_at_once_in_the_order_of_the_file() {
        assertThat(config.problems("reed: auto\nfast: perhaps\nfirst-notice: 9\n"))
                .containsExactly(
                        "keyturn.yaml:1:1: \"reed\" is not a key known here; did you mean \"read\"?",
                        "keyturn.yaml:2:7: fast: \"perhaps\" is neither true nor false; write true or false",
                        "keyturn.yaml:3:15: first-notice: \"9\" is not a duration; write for example 90d or 24h");
    }

    @Test
    void an_empty_file_and_one_of_comments_are_said_to_be_empty() {
        String empty = "keyturn.yaml: is empty; write one with: keyturn config init";

        assertThat(config.problems("")).containsExactly(empty);
        assertThat(config.problems("# nothing yet\n")).containsExactly(empty);
        assertThat(config.problems("\ufeff")).containsExactly(empty);
    }

    @Test
    void a_folder_a_missing_file_and_one_that_may_not_be_read_are_told_apart() throws Exception {
        Path directory = Files.createDirectory(folder.resolve("folder.yaml"));

        assertThat(said(directory)).containsExactly("folder.yaml: is a directory; name a file");
        assertThat(said(folder.resolve("none.yaml")))
                .containsExactly(
                        "none.yaml: cannot be read: there is no such file or folder; check its name and permissions");
        assertThat(FileFault.why(new AccessDeniedException("keyturn.yaml"))).isEqualTo("permission is denied");
    }

    @Test
    void text_that_is_not_utf_8_is_refused() {
        config.with("latin.yaml", "owners: [{tag: Zuständig}]".getBytes(StandardCharsets.ISO_8859_1));
        config.with("utf-16.yaml", "read: live".getBytes(StandardCharsets.UTF_16));

        assertThat(said(folder.resolve("latin.yaml")))
                .containsExactly("latin.yaml: is not UTF-8 text; save it as UTF-8");
        assertThat(said(folder.resolve("utf-16.yaml")))
                .containsExactly("utf-16.yaml: is not UTF-8 text; save it as UTF-8");
    }

    @Test
    void a_nul_character_is_in_no_path() {
        assertThat(config.problems("store: \"a\\0b\""))
                .containsExactly("keyturn.yaml:1:8: store: \"a\u0000b\" is not a path: Nul character not allowed;"
                        + " write the path of a file, or {dynamodb: {table: keyturn-journal}}");
        assertThat(config.problems("owners: [{file: \"a\\0.yaml\"}]"))
                .containsExactly("keyturn.yaml:1:17: owners[0].file: \"a\u0000.yaml\" is not a path: Nul character"
                        + " not allowed; write the path of a file");
    }

    @Test
    void a_document_that_holds_itself_is_read_to_its_end() {
        assertThat(config.problems("policies: &a [*a]").getFirst())
                .startsWith("keyturn.yaml:1:11: policies[0]: is not a mapping");
    }

    @Test
    void a_byte_order_mark_changes_neither_keys_nor_columns() {
        assertThat(config.settings("\ufeffread: live\n").read()).hasToString("LIVE");
        assertThat(config.problems("\ufefffast: 1\n").getFirst()).startsWith("keyturn.yaml:1:7: fast:");
    }

    @Test
    void a_file_far_too_large_is_not_parsed() {
        assertThat(config.problems("# " + "x".repeat(1 << 20)))
                .containsExactly("keyturn.yaml: is larger than 1 MiB; a configuration is a few kilobytes");
    }

    @Test
    void hostile_nesting_is_refused_and_nothing_crashes() {
        assertThat(config.problems("policies: " + "[".repeat(20_000)))
                .singleElement()
                .asString()
                .containsAnyOf("nests too deeply", "this is not YAML");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "act-window: {days: \"Mon%s\"}; ,Tue",
                "hand-over: [\"arn:aws:iam::111122223333:%s\"]; \\n",
                "channels: {email: {from: \"a@a%s\"}}; .b",
                "channels: {email: {from: a@b.c, region: \"eu%s-1\"}}; -b",
                "channels: {slack: {token: \"${ssm:a%s}\"}}; /b",
                "channels: {jira: {url: https://a, project: OPS, token: \"${env:T}\", email: \"a%s\"}}; .b",
                "policies: [{name: a, age: {expire: 9d}, rotate: {deliver: {to: secrets-manager,"
                        + " readers: [\"arn:aws:iam::111122223333:%s\"]}}}]; ab",
                "policies: [{name: a, age: {expire: 9d}, when: \"%s\"}]; ((",
                "policies: [{name: a, age: {expire: \"%sd\"}}]; 99",
                "limits: {delete: \"%s\"}; 99",
                "%s: 1; ab",
            })
    void a_text_without_end_is_refused_in_a_short_message(String templateAndPiece) {
        String template = templateAndPiece.substring(0, templateAndPiece.lastIndexOf("; "));
        String piece = templateAndPiece.substring(templateAndPiece.lastIndexOf("; ") + 2);

        assertThat(config.problems(String.format(template, piece.repeat(100_000))))
                .isNotEmpty()
                .allSatisfy(said -> assertThat(said).hasSizeLessThan(900));
    }

    @Test
    void a_few_lines_of_aliases_do_not_become_billions_of_values() {
        StringBuilder laughs = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char name = 'b'; name <= 'k'; name++) {
            String before = ",*" + (char) (name - 1);
            laughs.append(name)
                    .append(": &")
                    .append(name)
                    .append(" [")
                    .append(before.repeat(10).substring(1))
                    .append("]\n");
        }

        assertThat(config.problems(laughs.toString()))
                .containsExactly("keyturn.yaml: has more than 50 aliases (*name); write out what they repeat");
    }

    @Test
    void an_alias_of_ordinary_size_is_read() {
        Settings settings = config.settings("""
                policies:
                  - {name: a, when: user.class == "person", age: &limits {expire: 90d}}
                  - {name: b, age: *limits}
                """);

        assertThat(settings.rules().policies().get(1).age())
                .isEqualTo(settings.rules().policies().get(0).age());
    }

    @Test
    void a_secret_that_was_written_into_the_file_is_never_repeated() {
        for (String token : List.of("hunter2", "${env:hunter-2}", "${evn:hunter2}", "${hunter2", "x${env:hunter2}")) {
            assertThat(config.problems("channels: {slack: {token: \"" + token + "\"}}"))
                    .isNotEmpty()
                    .noneMatch(sentence -> sentence.contains("hunter"));
        }
        for (String file : List.of(
                "channels: 7777",
                "channels: {slack: 7777}",
                "channels: {slack: {token: 7777}}",
                "channels: {slack: {token: [7777]}}",
                "channels: {webhook: {url: 7777}}",
                "channels: {jira: {url: https://a.example, project: OPS, token: 7777}}",
                "accounts: [{role: r, external-id: 7777}]",
                "accounts: [{external-id: x7777}]")) {
            assertThat(config.problems(file)).isNotEmpty().noneMatch(sentence -> sentence.contains("7777"));
        }
    }

    private List<String> said(Path file) {
        return ConfigFolder.sentences(config.loader().load(file));
    }
}
