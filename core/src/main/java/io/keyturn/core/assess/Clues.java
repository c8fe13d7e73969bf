package io.keyturn.core.assess;

import io.keyturn.core.model.UserId;

/** Clues to owners; they cost calls, and are only asked for where a key needs attention and no earlier link answers. */
@FunctionalInterface
public interface Clues {
    Clue of(UserId user);

    /** Nobody asked for any. */
    Clues NONE = user -> Clue.NOT_READ;
}
