package io.keyturn.app.render.html;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.KeyId;
import java.util.HashMap;
import java.util.Map;

/** Names for the places of keys in the file, such as {@code key-billing-reader-3HVC}: the same key has the same one tomorrow. */
final class Anchors {
    /** What every name begins with. */
    static final String PREFIX = "key";

    private static final int LONGEST = 40;

    private final Map<CredentialId, String> names = new HashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();

    /** The place of that key: letters, digits, dots, hyphens and underscores alone, whatever its user is called. */
    String of(CredentialId id) {
        return names.computeIfAbsent(id, key -> {
            String plain = plain(key);
            int count = taken.merge(plain, 1, Integer::sum);
            return count == 1 ? plain : plain + "-" + count;
        });
    }

    private static String plain(CredentialId id) {
        StringBuilder name = new StringBuilder(PREFIX).append('-');
        id.principal().display().codePoints().limit(LONGEST).forEach(c -> name.append(isPlain(c) ? (char) c : '-'));
        KeyId key = id.keyId();
        if (key != null) {
            name.append('-').append(key.lastFour());
        }
        return name.toString();
    }

    private static boolean isPlain(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '.' || c == '_';
    }
}
