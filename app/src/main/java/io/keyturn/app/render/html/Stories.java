package io.keyturn.app.render.html;

import io.keyturn.core.model.CredentialId;
import io.keyturn.core.model.Standing;
import io.keyturn.core.report.Attention;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The stories of keys that need attention or have a history, as many as the file has room for. */
final class Stories {
    /** What the whole file may take, what a row of the table does, and what a story and each of its lines do, in bytes. */
    private static final int FILE = 1_900_000;

    private static final int ROW = 300;
    private static final int STORY = 420;
    private static final int LINE = 200;

    /** However many rows there are. */
    private static final int LEAST = 180_000;

    private static final int GREATEST = 1_000_000;

    private final JournalPast journal;
    private final Instant now;
    private final Map<CredentialId, Attention> told = new LinkedHashMap<>();
    private final int left;

    /** @param keys in order of attention */
    Stories(JournalPast journal, Instant now, List<Attention> keys) {
        this.journal = journal;
        this.now = now;
        List<Attention> all = new ArrayList<>();
        // What must be decided first, then what has a history, then the others that are not well.
        keys.stream().filter(key -> key.needsDecision(now)).forEach(all::add);
        keys.stream().filter(key -> !key.needsDecision(now) && hasPast(key)).forEach(all::add);
        keys.stream()
                .filter(key -> !key.needsDecision(now)
                        && !hasPast(key)
                        && key.finding().standing() != Standing.HEALTHY)
                .forEach(all::add);
        int room = Math.clamp(FILE - (long) ROW * keys.size(), LEAST, GREATEST);
        for (Attention key : all) {
            room -= size(key);
            if (room < 0) {
                break;
            }
            told.put(key.finding().credential(), key);
        }
        this.left = all.size() - told.size();
    }

    /**
     * One story.
     *
     * @param earlier how many entries of the journal come before these
     */
    record Told(KeyRow key, List<Moment> coming, List<Moment> past, int earlier) {}

    private int size(Attention key) {
        return STORY
                + LINE
                        * (Story.coming(key, now).size()
                                + Story.past(
                                                key.finding(),
                                                journal.of(key.finding().credential()))
                                        .size());
    }

    private boolean hasPast(Attention key) {
        return !journal.of(key.finding().credential()).isEmpty();
    }

    /** Whether it has a story here. */
    boolean has(Attention key) {
        return told.containsKey(key.finding().credential());
    }

    /** Puts them among the values; {@code row} makes the row of a key. */
    void put(Map<String, Object> values, Function<Attention, KeyRow> row) {
        List<Told> stories = told.values().stream()
                .map(key -> new Told(
                        row.apply(key),
                        Story.coming(key, now),
                        Story.past(key.finding(), journal.of(key.finding().credential())),
                        journal.before(key.finding().credential())))
                .toList();
        values.put("stories", stories);
        values.put("storiesLeft", left);
        values.put("journalled", !journal.heads().isEmpty());
    }
}
