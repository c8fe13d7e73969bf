package io.keyturn.engine.journal;

import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;
import java.time.Instant;

/** Follows a stream's lines where they stand outside any store, from the first one on: nothing but the lines is needed. */
public final class ExportedChain {
    private final Chain chain;
    private final String stream;

    /** @param place where the lines stand, for people */
    public ExportedChain(String stream, String place) {
        this.stream = stream;
        this.chain = new Chain(stream, place, Head.EMPTY);
    }

    /**
     * The entry of the next line. That a line was changed shows at the one after it, and of the last line at {@link #head}.
     *
     * @param text the line without its end
     * @throws StoreFailure {@code DAMAGED} or {@code NEWER}, naming the line
     */
    public Entry follow(String text) throws StoreFailure {
        long sequence = chain.head().sequence() + 1;
        return chain.follow(new Line(stream, sequence, Instant.EPOCH, text, EntryWriter.hash(text), null, null));
    }

    /** The last line that was followed. */
    public Head head() {
        return chain.head();
    }
}
