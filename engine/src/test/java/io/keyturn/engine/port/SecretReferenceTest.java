package io.keyturn.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {
    static Stream<Arguments> references() {
        return Stream.of(
                Arguments.of("${env:SLACK_TOKEN}", new SecretReference.Env("SLACK_TOKEN")),
                Arguments.of("${file:/run/secrets/slack token}", new SecretReference.File("/run/secrets/slack token")),
                Arguments.of("${ssm:/keyturn/jira/email}", new SecretReference.Ssm("/keyturn/jira/email")),
                Arguments.of("${ssm:email}", new SecretReference.Ssm("email")),
                Arguments.of(
                        "${secretsmanager:keyturn/jira#token}",
                        new SecretReference.SecretsManager("keyturn/jira", "token")),
                Arguments.of("${secretsmanager:keyturn}", new SecretReference.SecretsManager("keyturn", "")),
                Arguments.of("${credstash:slack.api.token}", new SecretReference.Credstash("slack.api.token")));
    }

    @ParameterizedTest
    @MethodSource("references")
    void a_reference_reads_as_it_is_written(String text, SecretReference reference) {
        assertThat(SecretReference.parse(text)).contains(reference);
        assertThat(reference.written()).isEqualTo(text);
        assertThat(text).startsWith("${" + reference.kind() + ":");
    }

    @ParameterizedTest
    @MethodSource("references")
    void the_place_is_not_in_its_text(String text, SecretReference reference) {
        assertThat(reference).hasToString("${" + reference.kind() + ":…}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hunter2",
                "${env:}",
                "${env:A-B}",
                "${env:A} ",
                "x${env:A}",
                "${Env:A}",
                "${env:A",
                "$env:A",
                "${file:relative}",
                "${file:/a}b}",
                "${ssm://a}",
                "${secretsmanager:a#}",
                "${secretsmanager:#a}",
                "${vault:a}"
            })
    void anything_else_is_no_reference(String text) {
        assertThat(SecretReference.parse(text)).isEmpty();
    }

    @Test
    void an_external_id_is_not_in_the_text_of_its_source() {
        assertThat(new AccountSource.Role("arn:aws:iam::111122223333:role/r", "between-us", false).toString())
                .contains("role/r")
                .doesNotContain("between-us");
    }

    @Test
    void aSecretThatIsNotThereIsSaidWithWhereItWasLookedFor() {
        SecretReference reference = SecretReference.parse("${env:TOKEN}").orElseThrow();
        assertThat(new SecretFailure(reference, "", "it is not set", "set it"))
                .hasMessage("could not look up the secret of " + reference.written() + ": it is not set; set it");
        assertThat(new SecretFailure(reference, "SSM of eu-west-1", "it is not set", "")
                        .problem()
                        .on())
                .isEqualTo(reference.written() + " in SSM of eu-west-1");
    }

    @Test
    void aLetterIsCarriedAsAscii() {
        assertThat(new MailCarrier.Letter("a@b.c", "d@e.f", "<1>", "Subject: x").mime())
                .isEqualTo("Subject: x");
        assertThatThrownBy(() -> new MailCarrier.Letter("a@b.c", "d@e.f", "<1>", "Subject: \u00fc"))
                .hasMessage("a letter is carried as ASCII");
    }
}
