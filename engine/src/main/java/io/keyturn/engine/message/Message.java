package io.keyturn.engine.message;

import java.util.List;

/**
 * What one person is told in one go, of one key or of several.
 *
 * @param id names the message, the same when it is sent again
 * @param headline one line without markup: how many keys and by when; the subject of a mail
 * @param opening the first paragraph
 * @param items a block a key, the most urgent first; never empty
 * @param closing why this person is told, in which zone the times are
 * @param phrases what channels add to it by themselves, in its language
 */
public record Message(String id, String headline, Text opening, List<Item> items, Text closing, Phrases phrases) {
    public Message {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a message is about at least one key");
        }
    }
}
