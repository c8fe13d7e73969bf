package io.keyturn.engine.message;

import java.util.Locale;
import java.util.Set;

/** What a channel adds to a message in words of its own; where the words are kept, each is known by its label. */
public enum Phrase {
    /** The language of all words, as HTML names it. */
    LANGUAGE,
    /** Before the way that needs no key. */
    BETTER,
    /** Above what is to be done, in a letter. */
    STEPS,
    /** The same where attention is short, with how many steps it is. */
    STEPS_NOW(Phrase.COUNT),
    /** Before keys of which not all is told. */
    IN_SHORT,
    /** Before keys of which nothing but the names is told. */
    REST(Phrase.COUNT),
    /** How many characters are left out of a text. */
    CUT(Phrase.COUNT),
    /** How many keys are left out of a message. */
    LEFT_OUT(Phrase.COUNT),
    /** How many keys are left out of a card of Teams. */
    LEFT_OUT_OF_CARD(Phrase.COUNT),
    /** In a ticket that there is an older one about the same. */
    OLDER_TICKET(Phrase.TICKET),
    /** In a ticket which one it follows, that cannot be opened again. */
    EARLIER_TICKET(Phrase.TICKET);

    /** The variable that says how many. */
    public static final String COUNT = "count";

    /** The variable that names another ticket. */
    public static final String TICKET = "ticket";

    private final String label = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final Set<String> variables;

    Phrase(String... variables) {
        this.variables = Set.of(variables);
    }

    /** What it is known by. */
    public String label() {
        return label;
    }

    /** What its words may hold. */
    public Set<String> variables() {
        return variables;
    }
}
