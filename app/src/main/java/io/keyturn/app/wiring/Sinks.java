package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.AwsAccounts;
import io.keyturn.adapters.aws.deliver.AwsSinks;
import io.keyturn.core.model.Account;
import io.keyturn.core.model.Problem;
import io.keyturn.core.policy.Delivery;
import io.keyturn.core.policy.Rotation;
import io.keyturn.engine.port.ReadFailure;
import io.keyturn.engine.port.SecretSink;
import io.keyturn.engine.port.SecretSinks;
import java.util.Map;

/** Where secrets of new keys go, as the policies say. */
final class Sinks implements SecretSinks, AutoCloseable {
    private final AwsAccounts accounts;
    private final AwsSinks aws;

    Sinks(AwsAccounts accounts, Map<String, String> environment) {
        this.accounts = accounts;
        this.aws = new AwsSinks(environment);
    }

    @Override
    public SecretSink open(Account account, Rotation rotation) throws ReadFailure {
        return switch (rotation.deliver()) {
            case Delivery.SecretsManager manager ->
                aws.secretsManager(accounts.door(account), manager, rotation.selfFetch());
            case Delivery.Ssm ssm -> throw notYet(account, ssm);
            case Delivery.S3 s3 -> throw notYet(account, s3);
            case Delivery.File file -> throw notYet(account, file);
            case Delivery.Program program -> throw notYet(account, program);
        };
    }

    private static ReadFailure notYet(Account account, Delivery delivery) {
        return new ReadFailure(new Problem(
                "deliver the secret",
                account.name(),
                "this version cannot deliver to " + delivery.kind(),
                "deliver to secrets-manager"));
    }

    @Override
    public void close() {
        aws.close();
    }
}
