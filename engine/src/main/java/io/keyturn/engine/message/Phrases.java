package io.keyturn.engine.message;

import java.util.Map;

/** The words that channels add to messages, in the language of the rest of it. */
public interface Phrases {
    /**
     * The words.
     *
     * @param values of the phrase's variables, each of them
     */
    Text say(Phrase phrase, Map<String, Object> values);

    /** The characters of a phrase without variables. */
    default String plain(Phrase phrase) {
        return say(phrase, Map.of()).plain();
    }

    /** The characters of a phrase about so many. */
    default String counted(Phrase phrase, int count) {
        return say(phrase, Map.of(Phrase.COUNT, count)).plain();
    }

    /** The characters of a phrase about another ticket. */
    default String about(Phrase phrase, String ticket) {
        return say(phrase, Map.of(Phrase.TICKET, ticket)).plain();
    }
}
