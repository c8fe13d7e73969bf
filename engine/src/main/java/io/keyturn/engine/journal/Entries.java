package io.keyturn.engine.journal;

import io.keyturn.core.model.Problem;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.StoreFailure;

/** Reads single lines, to look at: what is decided on them is read by {@link AccountJournal}, which verifies them. */
public final class Entries {
    private Entries() {}

    /** The entry of a line. */
    public static Entry of(Line line) throws StoreFailure {
        try {
            return EntryReader.read(line.text()).entry();
        } catch (EntryReader.Unreadable e) {
            throw new StoreFailure(
                    e.newer ? StoreFailure.Kind.NEWER : StoreFailure.Kind.DAMAGED,
                    new Problem(
                            "read line " + line.sequence(),
                            "the journal of " + line.stream(),
                            String.valueOf(e.getMessage()),
                            e.newer ? "update Keyturn" : "run `keyturn history verify`"),
                    e);
        }
    }
}
