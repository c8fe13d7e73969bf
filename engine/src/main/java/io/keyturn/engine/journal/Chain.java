package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;

/** Follows a stream line by line, and refuses the first line that does not belong where it stands. */
final class Chain {
    private final String stream;
    private final String place;
    private Head head;

    /**
     * @param place where the stream is kept, for people
     * @param head what the next line must follow
     */
    Chain(String stream, String place, Head head) {
        this.stream = stream;
        this.place = place;
        this.head = head;
    }

    /** The last line that was followed. */
    Head head() {
        return head;
    }

    /**
     * The entry of the next line.
     *
     * @throws StoreFailure {@code DAMAGED} or {@code NEWER}, naming the line
     */
    Entry follow(Line line) throws StoreFailure {
        long expected = head.sequence() + 1;
        if (line.sequence() != expected) {
            throw damaged(expected, "line " + expected + " is missing; the next one is line " + line.sequence());
        }
        if (!EntryWriter.hash(line.text()).equals(line.hash())) {
            throw damaged(expected, "its text was changed after it was written");
        }
        EntryReader.Read read = read(line, expected);
        if (!read.stream().equals(stream) || read.sequence() != expected) {
            throw damaged(expected, "it was moved here from line " + read.sequence() + " of " + read.stream());
        }
        if (!read.previous().equals(head.hash())) {
            throw damaged(expected, "it does not follow line " + head.sequence() + " as that one now stands");
        }
        head = new Head(line.sequence(), line.hash());
        return read.entry();
    }

    private EntryReader.Read read(Line line, long expected) throws StoreFailure {
        try {
            return EntryReader.read(line.text());
        } catch (EntryReader.Unreadable e) {
            if (e.newer) {
                throw new StoreFailure(
                        StoreFailure.Kind.NEWER,
                        new Problem("read line " + expected, where(), String.valueOf(e.getMessage()), "update Keyturn"),
                        e);
            }
            throw damaged(expected, String.valueOf(e.getMessage()));
        }
    }

    /** The stored head names a line that is not there. */
    StoreFailure cutShort(Head stored) {
        return damaged(
                head.sequence() + 1,
                "the journal ends at line " + head.sequence() + ", and its head names line " + stored.sequence());
    }

    private StoreFailure damaged(long sequence, String why) {
        return new StoreFailure(
                StoreFailure.Kind.DAMAGED,
                new Problem(
                        "trust line " + sequence,
                        where(),
                        why,
                        "nothing is changed on its word; restore " + place + " from a copy, or move it aside and start"
                                + " a new one: every key is then announced anew before anything happens to it"));
    }

    private String where() {
        return "the journal of " + stream + " in " + place;
    }
}
