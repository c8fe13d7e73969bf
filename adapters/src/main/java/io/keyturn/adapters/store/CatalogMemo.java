package io.keyturn.adapters.store;

import io.keyturn.engine.port.StoreFailure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last answers of a catalog, which stand until its file changes: pages ask the same again and again, and of 300,000 keys
 * each answer costs a good part of a second.
 */
final class CatalogMemo {
    private static final int MOST = 32;

    /** The one that was asked for longest ago comes first. */
    private final Map<Object, Object> answers = new LinkedHashMap<>(MOST, 0.75f, true);

    private long version = -1;

    /** Looks an answer up. */
    interface Look<T> {
        T look() throws StoreFailure;
    }

    /**
     * The answer to that question: what was found for it in that version of the file.
     *
     * @param question equal only to one that has an answer of the same type
     */
    @SuppressWarnings("unchecked") // A question has one type of answer, as its asker says.
    <T> T answer(Object question, long current, Look<T> look) throws StoreFailure {
        if (current != version) {
            forget();
            version = current;
        }
        Object known = answers.get(question);
        if (known == null) {
            known = look.look();
            answers.put(question, known);
            if (answers.size() > MOST) {
                answers.remove(answers.keySet().iterator().next());
            }
        }
        return (T) known;
    }

    /** Something was written here. */
    void forget() {
        answers.clear();
    }
}
