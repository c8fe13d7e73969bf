package io.keyturn.sandbox.protocol;

import io.keyturn.sandbox.fault.Fate;
import io.keyturn.sandbox.world.Chance;
import io.keyturn.sandbox.world.ServiceError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the token of the next page; null on the last
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** Which pages the door gives. */
    public enum Style {
        /** As long as asked for. */
        WHOLE,
        /** Shorter by chance of the seed, and every fourth empty with a token to go on, as AWS's pages may be. */
        RAGGED
    }

    /**
     * Where a page begins and how long it is at most.
     *
     * @param after what the page before ended with; empty on the first
     * @param size 0 for an empty page with a token to go on
     */
    public record Cut(String after, int size) {
        /** Token of the page after one that ended with {@code last}. */
        public String then(String last) {
            return "p" + last;
        }

        /** Token of the same page again, after an empty one. */
        public String again() {
            return "e" + after;
        }
    }

    private static int bent(Fate.Kind reads, int limit) {
        return switch (reads) {
            case EMPTY_PAGE -> 0;
            case SHORT_PAGE -> 1;
            default -> limit;
        };
    }

    /** The page after {@code token} of a list at hand, as a fate bends it. */
    public static <T> Page<T> bent(List<T> all, @Nullable String token, Fate.Kind reads) {
        return of(all, new Cut(token == null ? "" : token.substring(1), bent(reads, 1000)));
    }

    /** Where the page that {@code token} asks for begins, and how long it is. */
    static Cut cut(Call call, @Nullable String token, int limit) {
        boolean afterEmpty = token != null && token.startsWith("e");
        if (token != null && !afterEmpty && !token.startsWith("p")) {
            throw ServiceError.invalidInput("Invalid Marker: " + token);
        }
        String after = token == null ? "" : token.substring(1);
        if (call.style() == Style.WHOLE || call.reads() != Fate.Kind.OK) {
            return new Cut(after, bent(call.reads(), limit));
        }
        long bits = Chance.bits(call.seed(), call.action(), after);
        boolean empty = !afterEmpty && Math.floorMod(bits, 4) == 0;
        return new Cut(after, empty ? 0 : 1 + (int) Math.floorMod(bits >> 8, (long) limit));
    }

    /** The page of a list that is at hand as a whole. */
    static <T> Page<T> of(List<T> all, Cut cut) {
        int from;
        try {
            from = cut.after().isEmpty() ? 0 : Integer.parseInt(cut.after());
        } catch (NumberFormatException e) {
            throw ServiceError.invalidInput("Invalid Marker: " + cut.after());
        }
        if (cut.size() == 0) {
            return new Page<>(List.of(), cut.again());
        }
        int start = Math.clamp(from, 0, all.size());
        int end = Math.min(all.size(), start + cut.size());
        return new Page<>(all.subList(start, end), end < all.size() ? cut.then(Integer.toString(end)) : null);
    }
}
