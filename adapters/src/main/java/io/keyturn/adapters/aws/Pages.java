package io.keyturn.adapters.aws;

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
        each(calls, null, fetch, items, next, sink);
    }

    /** The same, going on from a first page that was read already, where there is one. */
    static <P, T> void each(
            Calls calls,
            @Nullable P first,
            Fetch<P> fetch,
            Function<P, List<T>> items,
            Function<P, @Nullable String> next,
            Consumer<T> sink)
            throws CallFailure, InterruptedException {
        Set<String> seen = new HashSet<>();
        String token = null;
        do {
            String at = token;
            P page = at == null && first != null ? first : calls.call(() -> fetch.page(at));
            items.apply(page).forEach(sink);
            token = next.apply(page);
            if (token != null && !seen.add(token)) {
                throw new CallFailure(
                        CallFailure.REPEATED_TOKEN, "AWS gave the same page token twice, so the list would never end");
            }
        } while (token != null);
    }

    /** IAM's way of saying that there is more. */
    static @Nullable String iamNext(@Nullable Boolean truncated, @Nullable String marker) {
        return Boolean.TRUE.equals(truncated) ? (marker == null ? "" : marker) : null;
    }
}
