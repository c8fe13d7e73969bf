package io.keyturn.core.model;

import java.util.List;

/**
 * The access keys of an account's root user.
 *
 * @param present whether there is any
 * @param details the keys themselves; empty where only their presence is known (AWS tells more only by report)
 */
public record RootKeys(boolean present, List<AccessKey> details) {
    public static final RootKeys NONE = new RootKeys(false, List.of());

    public RootKeys {
        details = List.copyOf(details);
    }
}
