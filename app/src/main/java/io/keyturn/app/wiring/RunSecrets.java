package io.keyturn.app.wiring;

import io.keyturn.adapters.aws.secrets.AwsSecrets;
import io.keyturn.app.config.Channels;
import io.keyturn.app.config.LocalSecrets;
import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.CredentialStore;
import io.keyturn.engine.port.Secret;
import io.keyturn.engine.port.SecretFailure;
import io.keyturn.engine.port.SecretReference;
import io.keyturn.engine.port.Secrets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The secrets of one run, wherever they are kept: each is looked up when it is first needed, and never again. */
final class RunSecrets implements Secrets {
    private final Map<String, String> environment;
    private final CredentialStore store;
    private final LocalSecrets local;
    private final Map<SecretReference, Found> found = new HashMap<>();
    private @Nullable AwsSecrets aws;

    /**
     * Opens nothing yet.
     *
     * @param store where credstash keeps its credentials
     */
    RunSecrets(Map<String, String> environment, CredentialStore store) {
        this.environment = environment;
        this.store = store;
        this.local = new LocalSecrets(name -> Optional.ofNullable(environment.get(name)));
    }

    /** What came of a look. */
    private sealed interface Found {
        record There(Secret secret) implements Found {}

        record Missing(Problem problem) implements Found {}
    }

    /** A text that may stand in the configuration or be kept elsewhere. */
    static String text(Channels.Given given, Secrets secrets) throws SecretFailure {
        return switch (given) {
            case Channels.Given.Plain(String text) -> text;
            case Channels.Given.Referenced(SecretReference reference) ->
                secrets.find(reference).reveal();
        };
    }

    @Override
    public synchronized Secret find(SecretReference reference) throws SecretFailure {
        return switch (found.computeIfAbsent(reference, this::look)) {
            case Found.There(Secret secret) -> secret;
            case Found.Missing(Problem problem) -> throw new SecretFailure(problem);
        };
    }

    private Found look(SecretReference reference) {
        try {
            return new Found.There(
                    switch (reference) {
                        case SecretReference.Env env -> here(env);
                        case SecretReference.File file -> here(file);
                        case SecretReference.Ssm parameter -> aws().find(parameter);
                        case SecretReference.SecretsManager secret -> aws().find(secret);
                        case SecretReference.Credstash credential -> aws().find(credential);
                    });
        } catch (SecretFailure failure) {
            return new Found.Missing(failure.problem());
        }
    }

    private Secret here(SecretReference reference) throws SecretFailure {
        try {
            return new Secret(local.resolve(reference));
        } catch (LocalSecrets.Missing missing) {
            throw new SecretFailure(reference, "", "it " + missing.what(), missing.right());
        }
    }

    private AwsSecrets aws() {
        AwsSecrets open = aws;
        if (open == null) {
            open = new AwsSecrets(environment, store);
            aws = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        if (aws != null) {
            aws.close();
        }
        found.clear();
    }
}
