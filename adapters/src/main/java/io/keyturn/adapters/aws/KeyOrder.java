package io.keyturn.adapters.aws;

import io.keyturn.core.model.AccessKey;
import java.util.Comparator;

/** The order of a user's keys: by creation, then by what else tells them apart. */
final class KeyOrder {
    static final Comparator<AccessKey> BY_CREATION = Comparator.comparing(AccessKey::created)
            .thenComparing(key -> key.slot() == null ? 0 : key.slot())
            .thenComparing(key -> key.id() == null ? "" : key.id().value());

    private KeyOrder() {}
}
