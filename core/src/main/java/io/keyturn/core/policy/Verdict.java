package io.keyturn.core.policy;

/** What a condition says of a subject; an error or something not known never reads as "does not match". */
public sealed interface Verdict {
    record Matches() implements Verdict {}

    record DoesNotMatch() implements Verdict {}

    /** It could not be decided; {@code why} is a sentence for people. */
    record Undecided(String why) implements Verdict {}

    Verdict MATCHES = new Matches();
    Verdict DOES_NOT_MATCH = new DoesNotMatch();
}
