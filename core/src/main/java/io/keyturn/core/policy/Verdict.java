package io.keyturn.core.policy;

/** What a condition says of a subject; an error or something not known never reads as "does not match". */
public sealed interface Verdict {
    record Matches() implements Verdict {}

    record DoesNotMatch() implements Verdict {}

    /**
     * It could not be decided.
     *
     * @param why a sentence for people
     * @param failed whether the condition itself fails on this subject, so that no later reading helps: somebody has to
     *     change the condition or the user
     */
    record Undecided(String why, boolean failed) implements Verdict {}

    Verdict MATCHES = new Matches();
    Verdict DOES_NOT_MATCH = new DoesNotMatch();
}
