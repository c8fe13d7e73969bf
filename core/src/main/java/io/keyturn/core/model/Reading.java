package io.keyturn.core.model;

/** Whether everything that was needed was read, and could be judged. */
public sealed interface Reading {
    record Complete() implements Reading {}

    /** Something is missing; {@code why} says what and why, in a sentence for people. */
    record Partial(String why) implements Reading {}

    Reading COMPLETE = new Complete();

    default boolean complete() {
        return this instanceof Complete;
    }
}
