package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The secrets that this machine holds: in its environment and in files, such as those that an orchestrator mounts. */
public final class LocalSecrets {
    private static final long MOST_BYTES = 1 << 16;

    private final Function<String, Optional<String>> environment;

    public LocalSecrets(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** A secret that is not where its reference says. */
    public static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;

        private final String right;

        Missing(String what, String right) {
            super(what);
            this.right = right;
        }

        /** What is wrong, to be read after the reference. */
        public String what() {
            return String.valueOf(getMessage());
        }

        /** What to do. */
        public String right() {
            return right;
        }
    }

    /**
     * The secret itself; line ends after that of a file are left out.
     *
     * @throws Missing where it is not there, or kept elsewhere than on this machine
     */
    public String resolve(SecretReference reference) throws Missing {
        return switch (reference) {
            case SecretReference.Env(String name) ->
                environment
                        .apply(name)
                        .filter(value -> !value.isEmpty())
                        .orElseThrow(() -> new Missing("names an environment variable that is not set", "set " + name));
            case SecretReference.File(String path) -> read(Path.of(path));
            case SecretReference.Ssm ssm -> throw elsewhere();
            case SecretReference.SecretsManager secret -> throw elsewhere();
            case SecretReference.Credstash credential -> throw elsewhere();
        };
    }

    private static String withoutLineEnds(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    private static Missing elsewhere() {
        return new Missing("is kept in AWS and cannot be looked up here", "write ${env:NAME} or ${file:/path}");
    }

    private static String read(Path file) throws Missing {
        try {
            if (Files.isDirectory(file) || Files.size(file) > MOST_BYTES) {
                throw new Missing("names no file of at most 64 KiB", "put the secret alone into a file");
            }
            String text = withoutLineEnds(Files.readString(file));
            if (text.isEmpty()) {
                throw new Missing("names a file that is empty", "put the secret into it");
            }
            return text;
        } catch (CharacterCodingException e) {
            // Its bytes are the secret's: nothing of the cause is passed on.
            throw new Missing("names a file that is not UTF-8 text", "put the secret alone into a text file");
        } catch (IOException e) {
            throw new Missing(
                    "names a file that cannot be read: " + FileFault.why(e), "check its name and permissions");
        }
    }
}
