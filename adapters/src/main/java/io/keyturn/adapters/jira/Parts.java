package io.keyturn.adapters.jira;

import io.keyturn.engine.message.Item;
import io.keyturn.engine.message.Message;
import io.keyturn.engine.message.Phrases;
import java.util.ArrayList;
import java.util.List;

/**
 * Spreads a message over as few texts as Jira's limit allows. No key is left out: what was not said of it must not count as
 * said.
 *
 * @param <B> a block of text in one form
 */
abstract class Parts<B> {
    /** What a text has around its blocks. */
    private static final int AROUND = 200;

    /** The whole of it. */
    abstract List<B> item(Item item, Phrases phrases);

    /** No more than which key it is, and what happens when: for what would not fit otherwise. */
    abstract List<B> inShort(Item item);

    abstract List<B> opening(Message message);

    abstract List<B> closing(Message message);

    /** Characters that a block takes as it is sent. */
    abstract int size(B block);

    /** The blocks of each text, at least one of them. */
    final List<List<B>> of(Message message) {
        List<List<B>> parts = new ArrayList<>();
        List<B> closing = closing(message);
        List<B> part = new ArrayList<>(opening(message));
        int room = JiraText.BODY - AROUND - size(closing);
        int empty = part.size();
        for (Item item : message.items()) {
            List<B> blocks = item(item, message.phrases());
            if (size(blocks) > room - size(opening(message))) {
                blocks = inShort(item);
            }
            if (part.size() > empty && size(part) + size(blocks) > room) {
                parts.add(part);
                part = new ArrayList<>();
                empty = 0;
            }
            part.addAll(blocks);
        }
        part.addAll(closing);
        parts.add(part);
        return parts;
    }

    private int size(List<B> blocks) {
        return blocks.stream().mapToInt(this::size).sum();
    }
}
