package io.keyturn.engine.port;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is kept: the configuration names the place and never holds the secret. {@code toString} leaves the
 * place out as well, for people paste secrets where a name belongs.
 */
public sealed interface SecretReference {
    /** The kinds as they are written. */
    List<String> KINDS = List.of("env", "file", "ssm", "secretsmanager", "credstash");

    /** An environment variable. */
    record Env(String name) implements SecretReference {
        @Override
        public String toString() {
            return redacted();
        }
    }

    /** A file whose whole text is the secret; line ends after it do not belong to it. */
    record File(String path) implements SecretReference {
        @Override
        public String toString() {
            return redacted();
        }
    }

    /** A parameter of AWS Systems Manager. */
    record Ssm(String name) implements SecretReference {
        @Override
        public String toString() {
            return redacted();
        }
    }

    /** A secret of AWS Secrets Manager; {@code field} of its JSON, or empty for the whole. */
    record SecretsManager(String name, String field) implements SecretReference {
        @Override
        public String toString() {
            return redacted();
        }
    }

    /** The newest version of a credstash credential. */
    record Credstash(String name) implements SecretReference {
        @Override
        public String toString() {
            return redacted();
        }
    }

    /** The word before the colon. */
    default String kind() {
        return switch (this) {
            case Env env -> "env";
            case File file -> "file";
            case Ssm ssm -> "ssm";
            case SecretsManager secret -> "secretsmanager";
            case Credstash credential -> "credstash";
        };
    }

    /** The reference as the configuration writes it, such as <code>${env:SLACK_TOKEN}</code>. */
    default String written() {
        return "${" + kind() + ":" + place() + "}";
    }

    /** The reference without the place. */
    default String redacted() {
        return "${" + kind() + ":…}";
    }

    private String place() {
        return switch (this) {
            case Env(String name) -> name;
            case File(String path) -> path;
            case Ssm(String name) -> name;
            case SecretsManager(String name, String field) -> field.isEmpty() ? name : name + "#" + field;
            case Credstash(String name) -> name;
        };
    }

    /** Reads a reference; empty where {@code text} is none that can be used. */
    static Optional<SecretReference> parse(String text) {
        Matcher m = Syntax.PATTERN.matcher(text);
        if (text.length() > Syntax.LONGEST || !m.matches()) {
            return Optional.empty();
        }
        if (m.group("env") != null) {
            return Optional.of(new Env(m.group("env")));
        }
        if (m.group("file") != null) {
            return Optional.of(new File(m.group("file")));
        }
        if (m.group("ssm") != null) {
            return Optional.of(new Ssm(m.group("ssm")));
        }
        if (m.group("secret") != null) {
            String field = m.group("field");
            return Optional.of(new SecretsManager(m.group("secret"), field == null ? "" : field));
        }
        return Optional.of(new Credstash(m.group("credential")));
    }

    /** Names as the services allow them; the JSON Schema of the configuration holds the same pattern. */
    final class Syntax {
        private static final Pattern PATTERN = Pattern.compile("\\$\\{(?:env:(?<env>[A-Za-z_][A-Za-z0-9_]*)"
                + "|file:(?<file>/[^}\\x00-\\x1f]+)"
                + "|ssm:(?<ssm>/?[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*)"
                + "|secretsmanager:(?<secret>[A-Za-z0-9/_+=.@:-]+)(?:#(?<field>[^}#\\x00-\\x1f]+))?"
                + "|credstash:(?<credential>[A-Za-z0-9_./-]+))\\}");

        /** Longer than any name: the pattern descends by recursion, and is asked nothing longer. */
        private static final int LONGEST = 2048;

        private Syntax() {}
    }
}
