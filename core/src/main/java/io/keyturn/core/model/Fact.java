package io.keyturn.core.model;

import java.time.Instant;
import java.util.function.Function;

/**
 * Something the outside world says, or does not: unknown is never absent, and what was not asked for is neither.
 *
 * @param <T> the value, where it is known
 */
public sealed interface Fact<T> {
    /** It was read, and this is what it was at {@code asOf}. */
    record Known<T>(T value, Instant asOf) implements Fact<T> {}

    /** Nobody asked for it in this run. */
    record NotRead<T>() implements Fact<T> {
        private static final NotRead<?> INSTANCE = new NotRead<>();
    }

    /** It was asked for and not answered; {@code why} is a sentence for people. */
    record Unknown<T>(String why) implements Fact<T> {}

    static <T> Fact<T> known(T value, Instant asOf) {
        return new Known<>(value, asOf);
    }

    @SuppressWarnings("unchecked") // it holds no T
    static <T> Fact<T> notRead() {
        return (Fact<T>) NotRead.INSTANCE;
    }

    static <T> Fact<T> unknown(String why) {
        return new Unknown<>(why);
    }

    /** The same fact seen through {@code f}; what is not known stays so. */
    default <R> Fact<R> map(Function<? super T, ? extends R> f) {
        return switch (this) {
            case Known<T>(T value, Instant asOf) -> new Known<>(f.apply(value), asOf);
            case NotRead<T>() -> notRead();
            case Unknown<T>(String why) -> unknown(why);
        };
    }

    /** The value where it is known, else {@code other}: only for showing, never for deciding. */
    default T orElse(T other) {
        return this instanceof Known<T> known ? known.value() : other;
    }
}
