package io.keyturn.adapters.aws;

/** What came of a call that is made once, whatever its answer. */
public sealed interface Once<T> {
    /** AWS did it. */
    record Answered<T>(T value) implements Once<T> {}

    /** It had no effect. */
    record Refused<T>(CallFailure why) implements Once<T> {}

    /** It may have had its effect, or may have it later; {@code unwell} where AWS answered with an error of its own. */
    record InDoubt<T>(CallFailure why, boolean unwell) implements Once<T> {}
}
