package io.keyturn.core.explain;

import java.util.Locale;

/** The words of this package's enums in JSON. */
final class Labels {
    private Labels() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
