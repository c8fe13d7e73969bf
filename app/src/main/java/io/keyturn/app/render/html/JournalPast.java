package io.keyturn.app.render.html;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Principal;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.journal.Entry;
import java.util.List;
import java.util.Map;

/**
 * What the journal tells a report: how far its chains went when the report was made, and what was done and said.
 *
 * @param hash of all chains together, in hexadecimal; of one alone its own; empty where there is no journal
 * @param entries how many lines all chains have
 * @param heads the last line of each chain
 * @param last the latest entries about each user, oldest first
 * @param earlier how many entries about a user come before these
 */
public record JournalPast(
        String hash, long entries, List<Head> heads, Map<UserId, List<Entry>> last, Map<UserId, Integer> earlier) {
    /** There is no journal. */
    public static final JournalPast NONE = new JournalPast("", 0, List.of(), Map.of(), Map.of());

    /** The last line of a chain. */
    public record Head(String stream, long sequence, String hash) {}

    public JournalPast {
        heads = List.copyOf(heads);
        last = Map.copyOf(last);
        earlier = Map.copyOf(earlier);
    }

    /** The latest entries about whoever has that key, oldest first. */
    List<Entry> of(CredentialId id) {
        return id.principal() instanceof Principal.OfUser user ? last.getOrDefault(user.id(), List.of()) : List.of();
    }

    /** How many more there are before these. */
    int before(CredentialId id) {
        return id.principal() instanceof Principal.OfUser user ? earlier.getOrDefault(user.id(), 0) : 0;
    }
}
