package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong condition is shown where it stands in the file, however the text is quoted, folded or indented. */
class ConditionPlaceTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- {name: a, when: user.name == 'x' && wrong == 1}",
                "- {name: a, when: \"user.name == 'x' && wrong == 1\"}",
                "- {name: a, when: \"user.name == \\\"x\\\" && wrong == 1\"}",
                "- {name: a, when: \"user.name == \\u0022x\\x22 && wrong == 1\"}",
                "- {name: a, when: 'user.name == ''x'' && wrong == 1'}",
                "- name: a\n  when: |\n    user.name == 'x'\n      && wrong == 1\n",
                "- name: a\n  when: |-   # note\n    user.name == 'x' &&\n\n    wrong == 1\n",
                "- name: a\n  when: >\n    user.name == 'x'\n    && wrong == 1\n",
                "- name: a\n  when: >2-\n      user.name == 'x'\n\n      && wrong == 1\n",
                "- name: a\n  when: user.name ==\n    'x' && wrong == 1\n",
                "- name: a\n  when: \"user.name ==\n    'x' \\\n    && wrong == 1\"\n",
                "- name: ä😀\n  when: user.name == 'ä😀' && wrong == 1\n",
            })
    void the_column_is_that_of_the_file(String policy) {
        String yaml = "policies:\n" + policy.indent(2);
        int at = yaml.indexOf("wrong");
        long line = yaml.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int column = yaml.codePointCount(yaml.lastIndexOf('\n', at) + 1, at) + 1;

        assertThat(new ConfigFolder(folder).problems(yaml).getFirst())
                .startsWith(
                        "keyturn.yaml:" + line + ":" + column + ": policies[0].when: undeclared reference to 'wrong'");
    }

    @Test
    void what_is_missing_at_the_end_is_shown_at_the_end() {
        assertThat(new ConfigFolder(folder)
                        .problems("policies: [{name: a, when: 'user.name =='}]")
                        .getFirst())
                .startsWith("keyturn.yaml:1:41: policies[0].when:");
    }
}
