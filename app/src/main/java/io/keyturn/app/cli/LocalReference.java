package io.keyturn.app.cli;

import io.keyturn.app.config.LocalSecrets;
import io.keyturn.engine.port.SecretReference;
import java.util.Map;
import java.util.Optional;

/** Reads options that name where a secret is kept on this machine. */
final class LocalReference {
    private LocalReference() {}

    /**
     * The secret itself.
     *
     * @param written the reference as it was given; never repeated in a message, for it may be the secret itself
     */
    static String secret(String option, String written, Map<String, String> environment) {
        SecretReference reference = SecretReference.parse(written)
                .orElseThrow(() -> new BadConfiguration(option
                        + " takes a reference such as ${env:NAME} or ${file:/PATH}," + " and not the secret itself"));
        try {
            return new LocalSecrets(name -> Optional.ofNullable(environment.get(name))).resolve(reference);
        } catch (LocalSecrets.Missing missing) {
            throw new BadConfiguration(option + " " + missing.what() + ": " + missing.right());
        }
    }
}
