package io.keyturn.app.wiring;

import io.keyturn.app.config.Settings;
import io.keyturn.app.config.Sha256;
import io.keyturn.app.render.html.JournalPast;
import io.keyturn.app.render.html.Moment;
import io.keyturn.core.model.Target;
import io.keyturn.core.model.UserId;
import io.keyturn.engine.journal.Entries;
import io.keyturn.engine.journal.Entry;
import io.keyturn.engine.port.JournalStore;
import io.keyturn.engine.port.JournalStore.Head;
import io.keyturn.engine.port.JournalStore.Line;
import io.keyturn.engine.port.JournalStore.Query;
import io.keyturn.engine.port.StoreFailure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the journal tells a report: its chains' last lines, and the latest entries about each user. */
public final class PastEntries {
    /** Of one user; a report says how many come before, and {@code keyturn history} has them all. */
    private static final int MOST = 12;

    private PastEntries() {}

    /** None where no journal was begun yet. */
    public static JournalPast of(Settings settings, Map<String, String> environment) throws StoreFailure {
        Optional<JournalStore> there = Stores.openIfThere(settings, environment);
        if (there.isEmpty()) {
            return JournalPast.NONE;
        }
        try (JournalStore store = there.get()) {
            return of(store);
        }
    }

    private static JournalPast of(JournalStore store) throws StoreFailure {
        List<JournalPast.Head> heads = new ArrayList<>();
        StringBuilder all = new StringBuilder();
        long entries = 0;
        for (String stream : store.streams()) {
            Head head = store.head(stream);
            heads.add(new JournalPast.Head(stream, head.sequence(), head.hash()));
            all.append(stream)
                    .append(' ')
                    .append(head.sequence())
                    .append(' ')
                    .append(head.hash())
                    .append('\n');
            entries += head.sequence();
        }
        if (heads.isEmpty()) {
            return JournalPast.NONE;
        }
        List<Line> lines = new ArrayList<>();
        Map<UserId, ArrayDeque<Entry>> last = new HashMap<>();
        Map<UserId, Integer> earlier = new HashMap<>();
        for (JournalPast.Head head : heads) {
            lines.clear();
            store.find(new Query(head.stream(), null, null, null), lines::add);
            for (Line line : lines) {
                if (line.user() != null) {
                    add(Entries.of(line), last, earlier);
                }
            }
        }
        Map<UserId, List<Entry>> kept = new HashMap<>();
        last.forEach((user, few) -> kept.put(user, List.copyOf(few)));
        String hash = heads.size() == 1 ? heads.getFirst().hash() : Sha256.of(all.toString());
        return new JournalPast(hash, entries, heads, kept, earlier);
    }

    private static void add(Entry entry, Map<UserId, ArrayDeque<Entry>> last, Map<UserId, Integer> earlier) {
        Target target = entry.target();
        if (target == null || !Moment.tells(entry)) {
            return;
        }
        ArrayDeque<Entry> few = last.computeIfAbsent(target.user(), any -> new ArrayDeque<>());
        few.addLast(entry);
        if (few.size() > MOST) {
            few.removeFirst();
            earlier.merge(target.user(), 1, Integer::sum);
        }
    }
}
