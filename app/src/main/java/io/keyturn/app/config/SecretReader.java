package io.keyturn.app.config;

import io.keyturn.engine.port.SecretReference;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads references to secrets. A secret that is written out in the file is refused, and never repeated in a message. */
final class SecretReader {
    private static final Pattern KIND = Pattern.compile("\\$\\{([a-z-]{1,20}):.*");

    private final LocalSecrets local;
    private final Resolve resolve;

    /** Which references are looked up while the file is read. */
    enum Resolve {
        /** None: the file is looked at, not used. */
        NONE,
        /** Those that a run needs at once. */
        NEEDED,
        /** All that can be looked up here, to see whether they are there. */
        ALL
    }

    SecretReader(LocalSecrets local, Resolve resolve) {
        this.local = local;
        this.resolve = resolve;
    }

    /** The reference at {@code key}, or null where absent or wrong. */
    @Nullable
    SecretReference reference(Fields f, String key) {
        String text = f.text(key, "write a reference such as ${env:NAME}");
        return text == null ? null : reference(f, key, text).orElse(null);
    }

    /** The text at {@code key} or a reference to it, or null where absent or wrong. */
    Channels.@Nullable Given given(Fields f, String key, Pattern plain, String what, String right) {
        String text = f.text(key, right);
        if (text == null) {
            return null;
        }
        if (text.contains("${")) {
            return reference(f, key, text).map(Channels.Given.Referenced::new).orElse(null);
        }
        if (!Fields.fits(text, plain)) {
            f.bad(key, what, right);
        }
        return new Channels.Given.Plain(text);
    }

    /** The value at {@code key}, which the run needs at once; a reference stands for itself where nothing is looked up. */
    @Nullable
    String needed(Fields f, String key) {
        String text = f.text(key, "write a text or ${env:NAME}");
        if (text == null || !text.contains("${")) {
            return text;
        }
        SecretReference reference = parse(f, key, text).orElse(null);
        return switch (reference) {
            case null -> null;
            case SecretReference.Env env -> resolve == Resolve.NONE ? text : lookUp(f, key, env);
            case SecretReference.File file -> resolve == Resolve.NONE ? text : lookUp(f, key, file);
            case SecretReference.Ssm ssm -> tooEarly(f, key, ssm);
            case SecretReference.SecretsManager secret -> tooEarly(f, key, secret);
            case SecretReference.Credstash credential -> tooEarly(f, key, credential);
        };
    }

    private static @Nullable String tooEarly(Fields f, String key, SecretReference reference) {
        f.tree.bad(
                f.node(key),
                f.at(key),
                "is kept in AWS, and is needed before there is a way into AWS",
                reference.redacted(),
                "write ${env:NAME} or ${file:/path}");
        return null;
    }

    private Optional<SecretReference> reference(Fields f, String key, String text) {
        Optional<SecretReference> reference = parse(f, key, text);
        if (resolve == Resolve.ALL) {
            reference.ifPresent(r -> look(f, key, r));
        }
        return reference;
    }

    /** Looks whether a secret is where the file says, as far as that can be seen from here. */
    private void look(Fields f, String key, SecretReference reference) {
        switch (reference) {
            case SecretReference.Env env -> lookUp(f, key, env);
            case SecretReference.File file -> lookUp(f, key, file);
            case SecretReference.Ssm ssm -> notLooked(f, key);
            case SecretReference.SecretsManager secret -> notLooked(f, key);
            case SecretReference.Credstash credential -> notLooked(f, key);
        }
    }

    private static void notLooked(Fields f, String key) {
        f.tree.warn(f.node(key), f.at(key), "is kept in AWS and was not looked up", "");
    }

    private @Nullable String lookUp(Fields f, String key, SecretReference reference) {
        try {
            return local.resolve(reference);
        } catch (LocalSecrets.Missing e) {
            f.tree.bad(f.node(key), f.at(key), e.what(), reference.written(), e.right());
            return null;
        }
    }

    private static Optional<SecretReference> parse(Fields f, String key, String text) {
        Optional<SecretReference> reference = SecretReference.parse(text);
        if (reference.isEmpty()) {
            boolean meant = text.startsWith("${");
            f.tree.bad(
                    f.node(key),
                    f.at(key),
                    meant ? "is not a reference that can be read" : "is written out, and a secret does not belong here",
                    meant ? shape(text) : "",
                    "write one of ${env:NAME}, ${file:/path}, ${ssm:/name}, ${secretsmanager:name#field}, ${credstash:name}");
        }
        return reference;
    }

    /** The reference without the place, which may be the secret itself. */
    private static String shape(String text) {
        Matcher m = KIND.matcher(text);
        return m.matches() ? "${" + m.group(1).toLowerCase(Locale.ROOT) + ":…}" : "${…}";
    }
}
