package io.keyturn.engine.catalog;

import io.keyturn.core.model.Standing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which keys are asked for, and in which order.
 *
 * @param text words that all must be found in user, last four, account or owner; empty for any
 * @param standings empty for all
 * @param account its number; null for all
 * @param owner empty for keys that nobody is known to own, null for all
 * @param decisions only keys that need a decision within a week
 * @param page from 0
 * @param size keys on a page, 1 to 1,000
 */
public record KeyQuery(
        String text,
        Set<Standing> standings,
        @Nullable String account,
        @Nullable String owner,
        boolean decisions,
        Order order,
        boolean descending,
        int page,
        int size) {
    /** Orders; keys that are alike in it are in the order of account, user and name. */
    public enum Order {
        /** By standing, then oldest first. */
        STANDING,
        USER,
        ACCOUNT,
        OWNER,
        /** Youngest first; keys whose creation is not known come last either way. */
        AGE,
        /** Longest unused first: never used, then the earliest last use; what is not known comes last either way. */
        USE,
        /** By the day of the decision, leaked keys first; keys that need none come last. */
        DECIDE
    }

    private static final int MOST = 1_000;
    private static final int MOST_WORDS = 8;

    /** All keys by standing, the first hundred. */
    public static final KeyQuery ALL = new KeyQuery("", Set.of(), null, null, false, Order.STANDING, false, 0, 100);

    public KeyQuery {
        standings = Set.copyOf(standings);
        if (page < 0 || size < 1 || size > MOST) {
            throw new IllegalArgumentException("a page is counted from 0, and has 1 to " + MOST + " keys");
        }
    }

    /** The words of the text, in small letters. */
    public List<String> words() {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList();
    }

    /** The same for one owner; empty for keys that nobody is known to own. */
    public KeyQuery ofOwner(String name) {
        return new KeyQuery(text, standings, account, name, decisions, order, descending, page, size);
    }

    /** The same for one account, by its number. */
    public KeyQuery ofAccount(String id) {
        return new KeyQuery(text, standings, id, owner, decisions, order, descending, page, size);
    }

    /** Keys that need a decision within a week, in the order of the decisions, the first {@code most}. */
    public static KeyQuery toDecide(int most) {
        return new KeyQuery("", Set.of(), null, null, true, Order.DECIDE, false, 0, most);
    }

    /** Whether it asks for that key, whatever standings it names. */
    boolean matches(SeenKey key) {
        return key.found(words())
                && (account == null
                        || account.equals(
                                key.key().finding().credential().account().value()))
                && (owner == null || owner.equals(key.owner()))
                && (!decisions || key.decideBy() != null);
    }
}
