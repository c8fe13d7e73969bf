package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

class PromptlyTest {
    @Test
    void aMetadataServiceThatDoesNotAnswerIsGivenUp() {
        CountDownLatch never = new CountDownLatch(1);
        Promptly promptly = new Promptly(
                () -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return AwsBasicCredentials.create("late", "late");
                },
                Duration.ofMillis(20));
        assertThatThrownBy(promptly::resolveCredentials)
                .hasMessage("no credentials from the machine: its metadata service did not answer within 20 ms");
    }

    @Test
    void whatTheMachineAnswersIsPassedOn() {
        assertThat(new Promptly(() -> AwsBasicCredentials.create("id", "secret"))
                        .resolveCredentials()
                        .accessKeyId())
                .isEqualTo("id");
        Promptly refused = new Promptly(() -> {
            throw SdkClientException.create("no role is attached");
        });
        assertThatThrownBy(refused::resolveCredentials).hasMessage("no role is attached");
    }
}
