package io.keyturn.adapters.store;

import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.KeyQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * A query of keys as SQL: words of people are only ever values.
 *
 * @param where with the word WHERE, or empty
 */
record CatalogSearch(String where, List<Object> values) {
    CatalogSearch {
        values = List.copyOf(values);
    }

    /** Whether the sums of accounts answer how many keys there are. */
    static boolean isSummed(KeyQuery query) {
        return query.owner() == null && query.words().isEmpty();
    }

    /** The same query of the sums, which have keys that need a decision in a column of their own. */
    static CatalogSearch ofSums(KeyQuery query, boolean byStanding) {
        KeyQuery plain = new KeyQuery("", query.standings(), query.account(), null, false, query.order(), false, 0, 1);
        return of(plain, byStanding);
    }

    /** @param byStanding whether the standings that it names count */
    static CatalogSearch of(KeyQuery query, boolean byStanding) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        for (String word : query.words()) {
            conditions.add("instr(searched, ?) > 0");
            values.add(word);
        }
        if (query.account() != null) {
            conditions.add("account = ?");
            values.add(query.account());
        }
        if (query.owner() != null) {
            conditions.add("owner = ?");
            values.add(query.owner());
        }
        if (query.decisions()) {
            conditions.add("decide IS NOT NULL");
        }
        if (byStanding && !query.standings().isEmpty()) {
            List<String> places = new ArrayList<>();
            for (Standing standing : query.standings()) {
                places.add("?");
                values.add(standing.ordinal());
            }
            conditions.add("standing IN (" + String.join(", ", places) + ")");
        }
        return new CatalogSearch(conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions), values);
    }

    static String order(KeyQuery query) {
        String turn = query.descending() ? " DESC" : "";
        String first = switch (query.order()) {
            case STANDING -> "standing" + turn + ", created NULLS LAST";
            case USER -> "user" + turn;
            case ACCOUNT -> "account_name" + turn;
            case OWNER -> "owner_small" + turn;
            case AGE -> "created" + (query.descending() ? "" : " DESC") + " NULLS LAST";
            case USE -> "used" + turn + " NULLS LAST";
            // Its index is of use only where nothing is said of keys that are not in it.
            case DECIDE -> "decide" + turn + (query.decisions() ? "" : " NULLS LAST") + ", standing";
        };
        return first + ", account_name, user, name";
    }
}
