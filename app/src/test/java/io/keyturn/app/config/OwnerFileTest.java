package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.policy.OwnerRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of owners: four ways to write the same, each read as data, and each fault with its line. */
class OwnerFileTest {
    private static final Map<String, String> OWNERS = Map.of("deploy", "U123", "o'neil", "a \"b\", c");

    @TempDir
    private Path folder;

    private ConfigFolder config;

    @BeforeEach
    void open() {
        config = new ConfigFolder(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            o.yaml | deploy: U123\\n"o'neil": a "b", c
            o.yml  | {deploy: U123, "o'neil": 'a "b", c'}
            o.json | {"deploy": "U123", "o'neil": "a \\"b\\", c"}
            o.csv  | deploy,U123\\n\\no'neil,"a ""b"", c"
            o.csv  | user,owner\\r\\ndeploy, U123\\r\\no'neil,"a ""b"", c"\\r\\n
            o.py   | mapping = {"deploy": "U123", 'o\\'neil': 'a "b", c',}
            o.py   | # who\\n{\\n  u"deploy": "\\x55123",  # a comment\\n  "o'neil": "a \\"b\\", c"\\n}\\n
            o.py   | \"\"\"Who is who.\\n\\nAdd a line.\"\"\"\\nmapping: dict[str, str] = {"deploy": '''U123''', "o'neil": 'a "b", c'}
            o.py   | 'Who is who'\\nmapping: dict = {"deploy": "U123", "o'neil": 'a "b", c', "deploy": "U123"}
            """)
    void each_way_gives_the_same(String name, String text) {
        config.with(name, text.replace("\\n", "\n").replace("\\r", "\r"));

        assertThat(config.settings("owners: [{file: " + name + "}]").rules().owners())
                .containsExactly(new OwnerRule.Listed(name, OWNERS));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            o.yaml | a: b\\na: c                 | o.yaml:2:1: "a" has an owner already; keep one of the two lines
            o.yaml | a: b\\nc: [d]               | o.yaml:2:1: c: has no owner that is a text; write a user name and its owner, both as texts
            o.yaml | a: b\\nc: 5                 | o.yaml:2:1: c: "5" has no owner that is a text; write a user name and its owner, both as texts
            o.yaml | - a                         | o.yaml:1:1: is not a mapping of users to owners; write lines such as deploy: platform
            o.yaml | a: "                        | o.yaml:1:5: this is not YAML: found unexpected end of stream; check the indentation, and close every bracket and quote
            o.json | {"a": null}                 | o.json:1:2: a: "null" has no owner that is a text; write a user name and its owner, both as texts
            o.csv  | a,b\\nc                     | o.csv:2:1: "c" has not the two columns user and owner; write a user name and its owner, both as texts
            o.csv  | a,b,Mars/Olympus            | o.csv:1:1: "Mars/Olympus" is not a time zone; write for example Europe/Berlin
            o.csv  | a,b,UTC,d                   | o.csv:1:1: "a,b,UTC,d" has not the two columns user and owner; write a user name and its owner, both as texts
            o.yaml | a: {owner: b, zone: Mars}   | o.yaml:1:1: "Mars" is not a time zone; write for example Europe/Berlin
            o.yaml | a: {zone: Europe/Berlin}    | o.yaml:1:4: a.owner: is missing; write a user name and its owner, both as texts
            o.csv  | a,b\\n\\na,c                | o.csv:3:1: "a" has an owner already; keep one of the two lines
            o.csv  | a,"b                        | o.csv:1:1: this is not CSV: Missing closing quote for value; close every quote
            o.py   | import os\\n{"a": "b"}      | o.py:1:1: "import" is not the "{" of a dict; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | {"a": b}                    | o.py:1:1: "b" is not a text in quotes; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | {\\n"a": f("b")}            | o.py:2:1: "(" is no part of a dict of texts; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | {"a": "b"}\\nprint          | o.py:2:1: "print" has more than one dict; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | {\\n\\n"a": 5}              | o.py:3:1: "5" is no part of a dict of texts; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | 'a'\\n\\nimport os          | o.py:3:1: "import" is not the "{" of a dict; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | m: f = g                    | o.py:1:1: "g" is not the "{" of a dict; write one dict of texts, such as owners = {"deploy": "U123"}
            o.py   | {"a": "b",\\n"a": "c"}      | o.py:2:1: "a" has an owner already; keep one of the two lines
            o.py   | {"a": "b"                   | o.py:1:1: is not the "," of a dict; write one dict of texts, such as owners = {"deploy": "U123"}
            """)
    void a_fault_is_shown_with_its_line(String name, String text, String said) {
        config.with(name, text.replace("\\n", "\n"));

        assertThat(config.problems("owners: [{file: " + name + "}]")).contains(said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            o.yaml | deploy: {owner: U123, zone: Australia/Sydney}\\nci: ann
            o.json | {"deploy": {"owner": "U123", "zone": "Australia/Sydney"}, "ci": "ann"}
            o.csv  | user,owner,zone\\ndeploy,U123,Australia/Sydney\\nci,ann,\\n
            """)
    void an_owner_may_have_a_time_zone(String name, String text) {
        config.with(name, text.replace("\\n", "\n"));

        assertThat(config.settings("owners: [{file: " + name + "}]").rules().owners())
                .containsExactly(new OwnerRule.Listed(
                        name, Map.of("deploy", "U123", "ci", "ann"), Map.of("deploy", ZoneId.of("Australia/Sydney"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"o.yaml", "o.json"})
    void an_empty_file_is_told_where_it_is_named(String name) {
        config.with(name, "");

        assertThat(config.problems("owners: [{file: " + name + "}]"))
                .containsExactly("keyturn.yaml:1:17: owners[0].file: \"" + name
                        + "\" is empty; write lines such as deploy: platform");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            o.yaml | ~~    | user-%1$d: team-%1$d\\n   | ~~
            o.json | {     | "user-%1$d": "team-%1$d", | "last": "one"}
            o.csv  | ~~    | user-%1$d,team-%1$d\\n    | ~~
            o.py   | x = { | "user-%1$d": "team-%1$d", | }
            """)
    void a_file_of_a_hundred_thousand_users_is_read(String name, String begin, String row, String end) {
        StringBuilder text = new StringBuilder(begin);
        for (int i = 0; i < 100_000; i++) {
            text.append(row.replace("\\n", "\n").formatted(i));
        }
        config.with(name, text.append(end).toString());

        OwnerRule rule = config.settings("owners: [{file: " + name + "}]")
                .rules()
                .owners()
                .getFirst();
        assertThat(((OwnerRule.Listed) rule).byUser())
                .hasSizeGreaterThanOrEqualTo(100_000)
                .containsEntry("user-99999", "team-99999");
    }

    @Test
    void a_file_that_is_larger_than_any_list_of_users_is_refused() {
        config.with("o.csv", "deploy,U123\n".repeat(1_500_000));

        assertThat(config.problems("owners: [{file: o.csv}]"))
                .containsExactly("keyturn.yaml:1:17: owners[0].file: \"o.csv\" is larger than 16 MiB; leave out whoever"
                        + " has no keys");
    }

    @Test
    void a_file_that_refers_to_itself_is_shown_with_its_line() {
        config.with("o.yaml", "deploy: U123\nme: &me [*me]\n");

        assertThat(config.problems("owners: [{file: o.yaml}]"))
                .containsExactly(
                        "o.yaml:2:1: me: has no owner that is a text; write a user name and its owner, both as texts");
    }

    @Test
    void a_python_file_of_one_long_text_is_read() {
        config.with("o.py", "{'a': '" + "\\\\".repeat(100_000) + "'" + "\n".repeat(200_000) + "}");

        assertThat(config.settings("owners: [{file: o.py}]").rules().owners()).hasSize(1);
    }

    @Test
    void a_python_file_is_never_executed() {
        config.with("o.py", "{'a': __import__('os').system('touch " + folder + "/executed') }");

        assertThat(config.problems("owners: [{file: o.py}]")).isNotEmpty();
        assertThat(Files.exists(folder.resolve("executed"))).isFalse();
    }
}
