package io.keyturn.adapters.aws;

import io.keyturn.engine.port.Held;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Follows page tokens to the end: an empty page with a token goes on, a token that comes twice is a failure. */
final class Pages {
    private Pages() {}

    /** Asks for a page. */
    @FunctionalInterface
    interface Fetch<P> {
        P page(@Nullable String token);
    }

    static <P, T> void each(
            Calls calls,
            Fetch<P> fetch,
            Function<P, List<T>> items,
            Function<P, @Nullable String> next,
            Consumer<T> sink)
            throws CallFailure, InterruptedException {
        each(calls, null, fetch, items, next, sink, Held.ANY);
    }

    /**
     * The same, going on from a first page that was read already, where there is one.
     *
     * @param held told after each page how many items there were; while it waits the account's deadline does not run
     */
    static <P, T> void each(
            Calls calls,
            @Nullable P first,
            Fetch<P> fetch,
            Function<P, List<T>> items,
            Function<P, @Nullable String> next,
            Consumer<T> sink,
            Held held)
            throws CallFailure, InterruptedException {
        int count = 0;
        Set<String> seen = new HashSet<>();
        String token = null;
        do {
            String at = token;
            P page = at == null && first != null ? first : calls.call(() -> fetch.page(at));
            List<T> found = items.apply(page);
            found.forEach(sink);
            count += found.size();
            hold(calls, held, count);
            token = next.apply(page);
            if (token != null && !seen.add(token)) {
                throw new CallFailure(
                        CallFailure.REPEATED_TOKEN, "AWS gave the same page token twice, so the list would never end");
            }
        } while (token != null);
    }

    private static void hold(Calls calls, Held held, int count) throws InterruptedException {
        if (held != Held.ANY) {
            calls.pause();
            held.users(count);
            calls.resume();
        }
    }

    /** IAM's way of saying that there is more. */
    static @Nullable String iamNext(@Nullable Boolean truncated, @Nullable String marker) {
        return Boolean.TRUE.equals(truncated) ? (marker == null ? "" : marker) : null;
    }
}
