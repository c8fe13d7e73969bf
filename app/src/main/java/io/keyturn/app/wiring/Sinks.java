package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.deliver.AwsSinks;
import io.keyturn.adapters.file.FileSink;
import io.keyturn.adapters.program.ProgramSink;
import io.keyturn.core.model.Account;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import java.time.InstantSource;
import java.util.Map;

/** The sinks that the configuration's policies name. */
final class Sinks implements SecretSinks, AutoCloseable {
    private final AwsAccounts accounts;
    private final AwsSinks aws;
    private final InstantSource clock;

    /**
     * Opens nothing yet.
     *
     * @param accounts of the run, which are entered to deliver as they are to make keys
     * @param clock tells which public keys have expired
     */
    Sinks(AwsAccounts accounts, Map<String, String> environment, InstantSource clock) {
        this.accounts = accounts;
        this.aws = new AwsSinks(environment);
        this.clock = clock;
    }

    @Override
    public SecretSink open(Account account, Rotation rotation) throws ReadFailure {
        return switch (rotation.deliver()) {
            case Delivery.SecretsManager to -> aws.secretsManager(accounts.door(account), to, rotation.selfFetch());
            case Delivery.Ssm to -> aws.ssm(accounts.door(account), to);
            case Delivery.S3 to -> aws.s3(accounts.door(account), to);
            case Delivery.S3Csv to -> aws.s3Csv(accounts.door(account), to);
            case Delivery.File to -> new FileSink(to, clock);
            case Delivery.Program to -> new ProgramSink(to);
        };
    }

    @Override
    public void close() {
        aws.close();
    }
}
