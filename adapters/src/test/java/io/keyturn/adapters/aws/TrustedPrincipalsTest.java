package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedPrincipalsTest {
    private static final String SESSION = "arn:aws:sts::111122223333:assumed-role/keyturn/i-1";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "*"                                                  | anybody
            {"AWS": "*"}                                         | anybody
            {"AWS": "111122223333"}                              | whomever account 111122223333 lets
            {"AWS": "arn:aws-cn:iam::111122223333:root"}         | whomever account 111122223333 lets
            {"AWS": ["AROAEXAMPLE"]}                             | a principal that is deleted (AROAEXAMPLE)
            {"AWS": "arn:aws:iam::111122223333:role/a/ops"}      | arn:aws:iam::111122223333:role/a/ops
            {"Service": ["lambda.amazonaws.com"]}                | the service lambda.amazonaws.com
            {"Federated": "arn:aws:iam::1:saml-provider/okta"}   | those whom arn:aws:iam::1:saml-provider/okta vouches for
            """)
    void every_kind_of_principal_is_named_in_words(String principal, String words) {
        assertThat(words("{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\",\"Principal\":" + principal + "}"))
                .containsExactly(words);
    }

    @Test
    void conditions_are_named_by_their_keys_and_never_by_their_values() {
        assertThat(words("""
                {"Effect":"Allow","Action":["sts:AssumeRole","sts:TagSession"],"Principal":{"AWS":"*"},"Condition":
                 {"StringEquals":{"sts:ExternalId":"s3cret"},"ArnLike":{"aws:PrincipalArn":"arn:x"}}}""")).containsExactly("anybody where aws:PrincipalArn, sts:ExternalId fits");
    }

    @Test
    void everybody_but_some_are_told_as_such() {
        TrustedPrincipals trusted = TrustedPrincipals.read("""
                {"Statement":{"Effect":"Allow","Action":"*","NotPrincipal":{"AWS":["arn:a","arn:b"]}}}""");

        assertThat(trusted.allowed().getFirst().words()).isEqualTo("anybody but arn:a, arn:b");
        assertThat(trusted.allowed().getFirst().anybody()).isTrue();
    }

    @Test
    void a_statement_that_lets_nobody_in_names_nobody() {
        assertThat(words("{\"Effect\":\"Allow\",\"Action\":\"sts:TagSession\",\"Principal\":\"*\"}"))
                .isEmpty();
        assertThat(TrustedPrincipals.read("""
                        {"Statement":[{"Effect":"Deny","Action":"sts:AssumeRole","Principal":"*"}]}""")).isEqualTo(new TrustedPrincipals(List.of(), true));
    }

    @Test
    void an_action_in_any_case_or_by_a_pattern_is_seen() {
        for (String action : List.of("STS:assumerole", "sts:*", "*", "sts:Assume*", "sts:AssumeRoleWithSAML")) {
            assertThat(words("{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Principal\":\"*\"}"))
                    .as(action)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:role/keyturn, true",
        "arn:aws:iam::111122223333:role/path/keyturn, true",
        "arn:aws:iam::111122223333:role/other, false",
        "arn:aws:iam::111122223334:role/keyturn, false",
        "arn:aws:iam::111122223333:root, false",
        SESSION + ", true",
    })
    void a_session_is_its_own_role_and_nobody_else(String trusted, boolean own) {
        assertThat(TrustedPrincipals.read("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                                + "\"Principal\":{\"AWS\":\"" + trusted + "\"}}}")
                        .allowed()
                        .getFirst()
                        .is(SESSION))
                .isEqualTo(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"Statement\":{\"Action\":\"*\"}}"})
    void what_cannot_be_understood_is_no_trust_in_nobody(String document) {
        assertThatThrownBy(() -> TrustedPrincipals.read(document)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> words(String statement) {
        return TrustedPrincipals.read("{\"Statement\":[" + statement + "]}").allowed().stream()
                .map(TrustedPrincipals.Trusted::words)
                .toList();
    }
}
