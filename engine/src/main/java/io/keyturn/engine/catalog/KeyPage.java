package io.keyturn.engine.catalog;

import java.util.List;

/**
 * Some of the keys that were asked for.
 *
 * @param total how many there are in all
 */
public record KeyPage(List<SeenKey> keys, int total) {
    public KeyPage {
        keys = List.copyOf(keys);
    }
}
