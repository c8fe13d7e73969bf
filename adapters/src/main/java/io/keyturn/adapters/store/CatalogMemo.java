package io.keyturn.adapters.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last answers of a catalog, which stand until its file changes: pages ask the same again and again, and of 300,000 keys
 * some answers cost a good part of a second.
 */
final class CatalogMemo {
    private static final int MOST = 32;

    /** The one that was asked for longest ago comes first. */
    private final Map<Object, Object> answers = new LinkedHashMap<>(MOST, 0.75f, true);

    private long version = -1;

    /**
     * The answer to that question that was kept in that version of the file; empty where none was.
     *
     * @param question equal only to one that has an answer of the same type
     */
    @SuppressWarnings("unchecked") // A question has one type of answer, as its asker says.
    <T> Optional<T> answer(Object question, long current) {
        if (current != version) {
            forget();
            version = current;
        }
        return Optional.ofNullable((T) answers.get(question));
    }

    /** Keeps an answer, and gives it back. */
    <T> T keep(Object question, T answer) {
        answers.put(question, answer);
        if (answers.size() > MOST) {
            answers.remove(answers.keySet().iterator().next());
        }
        return answer;
    }

    /** Something was written here. */
    void forget() {
        answers.clear();
    }
}
