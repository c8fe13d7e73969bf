package io.keyturn.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keyturn.core.model.FactName;
import io.keyturn.core.model.Needs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BadInputTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            read: [                                                  | this is not YAML
            '\tread: live'                                           | this is not YAML
            read: sometimes                                          | "sometimes" is not known here; write one of auto, report, live
            policies: []                                             | policies: has no entry
            policies: [{name: a, age: {warn: 90d, expire: 75d}}]     | policies[0].age.warn: "90d" is not before expire
            policies: [{name: a, age: {warn: -5d, expire: 75d}}]     | policies[0].age.warn: "-5d" is negative
            policies: [{name: a, age: {expire: 9d, on-expire: [fly]}}] | "fly" is not a step
            policies: [{name: a}, {name: a}]                         | "a" is the name of an earlier policy
            policies: [{name: a, when: user.nmae == "x"}]            | nmae
            policies: [{name: a, when: '1 + 1'}]                     | policies[0].when
            accounts: [{account: "12"}]                              | "12" is not an AWS account ID
            accounts: [{role: keyturn-read}]                         | is not the ARN of a role
            accounts: [{profile: a, organization: {role: r}}]        | names several ways at once
            accounts: [{organization: {role: r}, account: "111122223333"}] | has no meaning beside a role or an organization
            stages: [{ou: Dev}]                                      | stages[0].stage: is missing
            owners: [{}]                                             | owners[0]: names no owner
            exemptions: [{user: "arn:*"}]                            | exemptions[0]
            leaks: perhaps                                           | "perhaps" is neither true nor false
            """)
    void it_is_refused_with_its_place_and_what_would_be_right(String yaml, String says) throws Exception {
        Loaded loaded = load(yaml);

        assertThat(loaded).isInstanceOf(Loaded.Bad.class);
        assertThat(((Loaded.Bad) loaded).problems())
                .extracting(ConfigProblem::sentence)
                .anySatisfy(sentence ->
                        assertThat(sentence).startsWith("keyturn.yaml:1:").contains(says));
    }

    @Test
    void what_a_later_version_will_do_is_accepted_and_said_to_have_no_effect() throws Exception {
        Loaded.Ok loaded =
                (Loaded.Ok) load("limits: {delete: 5}\npolicies: [{name: a, rotate: {deactivate-after: 14d}}]\n");

        assertThat(loaded.warnings())
                .extracting(ConfigProblem::sentence)
                .containsExactlyInAnyOrder(
                        "keyturn.yaml:1:1: limits: has no effect in this version",
                        "keyturn.yaml:2:22: policies[0].rotate: has no effect in this version");
    }

    @Test
    void hostile_nesting_is_refused_and_nothing_crashes() throws Exception {
        Loaded loaded = load("policies: " + "[".repeat(20_000));

        assertThat(((Loaded.Bad) loaded).problems())
                .extracting(ConfigProblem::sentence)
                .allMatch(sentence -> sentence.contains("nests too deeply") || sentence.contains("not YAML"));
    }

    @Test
    void every_example_of_the_reference_loads() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "reference", "configuration.md"));
        Matcher examples = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL).matcher(page);
        int count = 0;
        while (examples.find()) {
            count++;
            assertThat(load(examples.group(1))).isInstanceOf(Loaded.Ok.class);
        }
        assertThat(count).isEqualTo(2);
    }

    @Test
    void ages_alone_read_live_need_nothing_but_keys() throws Exception {
        String ages = "read: live\npolicies: [{name: all, age: {warn: 75d, expire: 90d}}]\n";

        assertThat(needs(ages).facts()).containsExactlyInAnyOrder(FactName.KEYS, FactName.ROOT);
        assertThat(needs(ages + "leaks: true\n").has(FactName.POLICIES)).isTrue();
        assertThat(needs(ages.replace("live", "report")).has(FactName.POLICIES)).isTrue();
    }

    private Needs needs(String yaml) throws Exception {
        return ((Loaded.Ok) load(yaml)).settings().rules().needs(Needs.Identify.AT_RISK);
    }

    private Loaded load(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("keyturn.yaml"), yaml);
        return new ConfigLoader(name -> Optional.empty(), new CelConditions(), folder).load(file);
    }
}
