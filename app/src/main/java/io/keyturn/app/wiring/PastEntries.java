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
import org.jspecify.annotations.Nullable;

/** What the journal tells a report: its chains' last lines, and the latest entries about each user. */
public final class PastEntries {
    /** Of one user; a report says how many come before, and {@code keyturn history} has them all. */
    private static final int MOST = 12;

    /** Of all users together, so that the journal of a large organization fits into memory: then there are fewer of each. */
    private static final int ROOM = 40_000;

    private final Map<UserId, ArrayDeque<Entry>> last = new HashMap<>();
    private final Map<UserId, Integer> earlier = new HashMap<>();
    private int most = MOST;
    private int kept;
    private @Nullable StoreFailure failure;

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
        PastEntries past = new PastEntries();
        store.find(Query.ALL, past::take);
        if (past.failure != null) {
            throw past.failure;
        }
        Map<UserId, List<Entry>> kept = new HashMap<>();
        past.last.forEach((user, few) -> kept.put(user, List.copyOf(few)));
        String hash = heads.size() == 1 ? heads.getFirst().hash() : Sha256.of(all.toString());
        return new JournalPast(hash, entries, heads, kept, past.earlier);
    }

    private void take(Line line) {
        if (line.user() == null || failure != null) {
            return;
        }
        try {
            add(Entries.of(line));
        } catch (StoreFailure e) {
            failure = e;
        }
    }

    private void add(Entry entry) {
        Target target = entry.target();
        if (target == null || !Moment.tells(entry)) {
            return;
        }
        ArrayDeque<Entry> few = last.computeIfAbsent(target.user(), any -> new ArrayDeque<>());
        few.addLast(entry);
        kept++;
        shorten(target.user(), few);
        while (kept > ROOM && most > 1) {
            most /= 2;
            last.forEach(this::shorten);
        }
    }

    private void shorten(UserId user, ArrayDeque<Entry> few) {
        while (few.size() > most) {
            few.removeFirst();
            kept--;
            earlier.merge(user, 1, Integer::sum);
        }
    }
}
