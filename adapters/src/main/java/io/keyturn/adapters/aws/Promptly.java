package io.keyturn.adapters.aws;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Credentials of the machine, if it answers at once as a machine in AWS does. Elsewhere nobody listens at the address of
 * the metadata service, and the SDK would try it for several seconds before it says that there are no credentials.
 */
record Promptly(AwsCredentialsProvider machine, Duration within) implements AwsCredentialsProvider {
    private static final Duration LONG_ENOUGH = Duration.ofMillis(1200);

    Promptly(AwsCredentialsProvider machine) {
        this(machine, LONG_ENOUGH);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        FutureTask<AwsCredentials> asked = new FutureTask<>(machine::resolveCredentials);
        Thread.ofPlatform().daemon().name("machine-credentials").start(asked);
        try {
            return asked.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            asked.cancel(true);
            throw SdkClientException.create(
                    "no credentials from the machine: its metadata service did not answer within " + within.toMillis()
                            + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("no credentials: interrupted while asking the metadata service");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof SdkException known
                    ? known
                    : SdkClientException.create("no credentials from the machine: " + e.getCause(), e.getCause());
        }
    }
}
