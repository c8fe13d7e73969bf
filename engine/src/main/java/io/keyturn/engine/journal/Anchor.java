package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last lines of all streams at one instant, to be kept where nobody who can write the journal can write: a chain alone
 * does not show that all of it was written anew.
 *
 * @param heads by stream
 */
public record Anchor(Instant at, SortedMap<String, Head> heads) {
    private static final String SCHEMA = "https://keyturn.io/schema/anchor/1";

    public Anchor {
        heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
    }

    /** Of a journal as it stands, which whoever asks has verified. */
    public static Anchor of(JournalStore store, Instant now) throws StoreFailure {
        SortedMap<String, Head> heads = new TreeMap<>();
        for (String stream : store.streams()) {
            heads.put(stream, store.head(stream));
        }
        return new Anchor(now, heads);
    }

    /** All lines of all streams. */
    public long lines() {
        return heads.values().stream().mapToLong(Head::sequence).sum();
    }

    /** As it is kept. */
    public String json() {
        ObjectNode node =
                EntryWriter.JSON.createObjectNode().put("schema", SCHEMA).put("at", at.toString());
        ObjectNode streams = node.putObject("heads");
        heads.forEach((stream, head) ->
                streams.putObject(stream).put("line", head.sequence()).put("sha256", head.hash()));
        return EntryWriter.JSON.writeValueAsString(node);
    }

    /** What such a text says; empty where it is none. */
    public static Optional<Anchor> parse(String json) {
        try {
            JsonNode node = EntryWriter.JSON.readTree(json);
            SortedMap<String, Head> heads = new TreeMap<>();
            for (Map.Entry<String, JsonNode> one : node.path("heads").properties()) {
                heads.put(
                        one.getKey(),
                        new Head(
                                one.getValue().path("line").asLong(0),
                                one.getValue().path("sha256").asString("")));
            }
            return node.path("schema").asString("").equals(SCHEMA)
                    ? Optional.of(new Anchor(Instant.parse(node.path("at").asString("")), heads))
                    : Optional.empty();
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Holds a journal, whose chains hold, against it.
     *
     * @param store null where there is none any more
     * @param name of the anchor, for people
     * @throws StoreFailure {@code DAMAGED} naming the first line that is another one now, or is gone
     */
    public void check(@Nullable JournalStore store, String name) throws StoreFailure {
        for (Map.Entry<String, Head> one : heads.entrySet()) {
            Head head = one.getValue();
            List<Line> lines = store == null ? List.of() : store.read(one.getKey(), head.sequence() - 1, 1);
            if (lines.isEmpty()) {
                throw differs(one.getKey(), head, name, "it is not there any more");
            }
            if (!lines.getFirst().hash().equals(head.hash())) {
                throw differs(one.getKey(), head, name, "it, or a line before it, was written anew");
            }
        }
    }

    private static StoreFailure differs(String stream, Head head, String name, String why) {
        return new StoreFailure(
                StoreFailure.Kind.DAMAGED,
                new Problem(
                        "trust line " + head.sequence(),
                        "the journal of " + stream,
                        "the anchor " + name + " names another: " + why,
                        "the journal was changed after that anchor was made: find out by whom, and restore it from a"
                                + " copy of before"));
    }
}
