package io.keyturn.core.trail;

import java.time.Instant;
import java.util.List;

/**
 * Where a key is used from, as far as the latest of its events tell. Nothing in it is longer than a few words, whatever the
 * events hold.
 *
 * @param origins the places, the most frequent first; empty where no event tells of any
 * @param otherPlaces how many more places there are
 * @param events how many events were looked at
 * @param whole whether these are all that there are since then; else the latest of them
 * @param since where the looking began
 * @param region whose events these are; empty for IAM's own
 */
public record KeyUses(List<Origin> origins, int otherPlaces, int events, boolean whole, Instant since, String region) {
    public KeyUses {
        origins = List.copyOf(origins);
    }

    /**
     * What was done from one place.
     *
     * @param events how many events tell of it
     * @param last the latest of them
     * @param tools by their names, the most frequent first
     * @param addresses the most frequent first
     * @param otherAddresses how many more there are
     */
    public record Origin(
            Place place, int events, Instant last, List<String> tools, List<String> addresses, int otherAddresses) {
        public Origin {
            tools = List.copyOf(tools);
            addresses = List.copyOf(addresses);
        }
    }
}
