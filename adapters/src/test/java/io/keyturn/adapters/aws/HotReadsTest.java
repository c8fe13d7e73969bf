package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keyturn.core.model.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class HotReadsTest {
    private static final AwsRequestOverrideConfiguration AS = AwsRequestOverrideConfiguration.builder()
            .credentialsProvider(() -> AwsSessionCredentials.create("AKIATESTTESTTESTTEST", "secret", "session"))
            .build();

    private final List<Map<String, String>> asked = new ArrayList<>();
    private final List<String> bySdk = new ArrayList<>();
    private FakeAws aws;
    private AwsClients clients;

    @BeforeEach
    void start() throws Exception {
        aws = new FakeAws();
        aws.on("ListAccessKeys", request -> {
            asked.add(new TreeMap<>(request));
            return FakeAws.keys("ann", FakeAws.key("ann", 1, "2024-01-01T00:00:00Z"));
        });
        clients = new AwsClients(aws.environment());
    }

    @AfterEach
    void stop() {
        clients.close();
        aws.close();
    }

    private KeysPage keys(String user) {
        Map<String, @Nullable String> parameters = new TreeMap<>();
        parameters.put("UserName", user);
        parameters.put("MaxItems", "1000");
        parameters.put("Marker", null);
        return clients.reads(Partition.AWS).call(AS, "ListAccessKeys", parameters, KeysPage::read, as -> {
            bySdk.add(user);
            clients.iam(Partition.AWS)
                    .listAccessKeys(r -> r.userName(user).maxItems(1000).overrideConfiguration(as));
        });
    }

    @Test
    void the_sdk_makes_the_first_call_and_the_others_ask_and_are_answered_alike() {
        assertThat(keys("a+b=c & ü@x")).isEqualTo(keys("a+b=c & ü@x"));

        assertThat(bySdk).containsExactly("a+b=c & ü@x");
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst())
                .isEqualTo(asked.getLast())
                .containsEntry("UserName", "a+b=c & ü@x")
                .containsEntry("Version", "2010-05-08")
                .doesNotContainKey("Marker");
    }

    @Test
    void a_refusal_says_what_the_sdk_would_say_of_it() {
        keys("ann");
        aws.answer(
                "ListAccessKeys", r -> FakeAws.error(404, "NoSuchEntity", "The user with name bob cannot be found."));
        AwsServiceException direct = refused("bob");
        assertThat(direct.awsErrorDetails().errorCode()).isEqualTo("NoSuchEntity");
        assertThat(CallFailure.of(direct).why())
                .isEqualTo("AWS answered NoSuchEntity (The user with name bob cannot be found.)");

        aws.answer("ListAccessKeys", r -> FakeAws.error(400, "Throttling", "Rate exceeded"));
        assertThat(refused("bob").isThrottlingException()).isTrue();
        assertThat(bySdk).containsExactly("ann");
    }

    @Test
    void a_page_of_a_proxy_is_no_code_of_aws() {
        keys("ann");
        aws.answer("ListAccessKeys", r -> new FakeAws.Answer(503, "<html>down"));

        assertThat(CallFailure.of(refused("ann")).code()).isEqualTo("HTTP 503");
    }

    @Test
    void after_a_skewed_clock_the_sdk_makes_the_calls_for_it_learns_the_difference() {
        keys("ann");
        aws.answer("ListAccessKeys", r -> FakeAws.error(403, "RequestTimeTooSkewed", "The difference is too large."));
        refused("bob");
        assertThatThrownBy(() -> keys("carl")).isInstanceOf(AwsServiceException.class);

        assertThat(bySdk).containsExactly("ann", "carl");
    }

    @Test
    void an_answer_cut_off_is_a_fault_on_the_way() {
        keys("ann");
        aws.answer("ListAccessKeys", r -> new FakeAws.Answer(200, "<ListAccessKeysResponse><ListAcc"));

        assertThatThrownBy(() -> keys("ann"))
                .isInstanceOf(SdkClientException.class)
                .hasMessageStartingWith("the answer was cut off or unreadable")
                .satisfies(thrown ->
                        assertThat(CallFailure.causedByNetwork(thrown)).isTrue());
    }

    private AwsServiceException refused(String user) {
        return assertThatThrownBy(() -> keys(user))
                .asInstanceOf(InstanceOfAssertFactories.type(AwsServiceException.class))
                .actual();
    }
}
