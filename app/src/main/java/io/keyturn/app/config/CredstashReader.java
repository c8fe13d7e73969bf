package io.keyturn.app.config;

import io.keyturn.engine.port.CredentialStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code credstash}: where it keeps what {@code ${credstash:name}} names. */
final class CredstashReader {
    private static final Pattern TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");
    private static final Pattern PAIR = Pattern.compile("[^=\\x00-\\x1f]+=[^=\\x00-\\x1f]+");

    private CredstashReader() {}

    static CredentialStore read(Fields top) {
        return top.mapping("credstash", List.of("table", "region", "kms-region", "profile", "context"))
                .map(f -> new CredentialStore(
                        Optional.ofNullable(f.text(
                                        "table",
                                        TABLE,
                                        "is not the name of a table",
                                        "write for example credential-store"))
                                .orElse(CredentialStore.TABLE),
                        ChannelsReader.region(f, "region"),
                        ChannelsReader.region(f, "kms-region"),
                        f.text("profile", "write the name of a profile"),
                        context(f)))
                .orElse(CredentialStore.USUAL);
    }

    private static Map<String, String> context(Fields f) {
        return f.texts("context", PAIR, "is not of the form key=value", "write for example app=keyturn").stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> second));
    }
}
