package io.keyturn.adapters.store;

import io.keyturn.core.assess.Finding;
import io.keyturn.core.model.LastUse;
import io.keyturn.core.model.Standing;
import io.keyturn.engine.catalog.SeenKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a catalog's keys. */
final class CatalogKeys {
    private static final String INSERT =
            "INSERT OR REPLACE INTO keys (name, account, account_name, user, owner, owner_small,"
                    + " standing, created, used, decide, searched, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    /** Of what no index has: most keys stand as they stood in the run before, and half the work would be their indexes. */
    private static final String UPDATE = "UPDATE keys SET used = ?, searched = ?, value = ? WHERE name = ?";

    private final CatalogRows rows;
    private final CatalogSums sums;

    CatalogKeys(CatalogRows rows, CatalogSums sums) {
        this.rows = rows;
        this.sums = sums;
    }

    /** What the indexes have of a key. */
    record Indexed(
            String accountName,
            String user,
            String owner,
            Standing standing,
            @Nullable Long created,
            @Nullable Long decide) {
        static Indexed of(SeenKey key) {
            Finding finding = key.key().finding();
            Instant created = finding.credential().created();
            LocalDate decide = key.decideBy();
            return new Indexed(
                    small(key.key().account()),
                    small(key.user()),
                    key.owner(),
                    finding.standing(),
                    created == null ? null : created.getEpochSecond(),
                    decide == null ? null : decide.toEpochDay());
        }

        private static Indexed of(ResultSet row) throws SQLException {
            return new Indexed(
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    Standing.values()[row.getInt(5)],
                    number(row, 6),
                    number(row, 7));
        }
    }

    /** Replaces the keys of an account, and takes care of the sums. */
    void replace(String account, List<SeenKey> keys) throws SQLException {
        Map<String, Indexed> before = new HashMap<>();
        rows.each(
                "SELECT name, account_name, user, owner, standing, created, decide FROM keys WHERE account = ?",
                row -> before.put(row.getString(1), Indexed.of(row)),
                account);
        List<Indexed> after = keys.stream().map(Indexed::of).toList();
        sums.replace(account, before.values(), after);
        try (PreparedStatement insert = rows.prepared(INSERT);
                PreparedStatement update = rows.prepared(UPDATE)) {
            for (int i = 0; i < after.size(); i++) {
                SeenKey key = keys.get(i);
                Indexed now = after.get(i);
                if (now.equals(before.remove(key.name()))) {
                    set(update, 1, used(key.key().finding().lastUse()));
                    update.setString(2, key.searched());
                    update.setString(3, CatalogForm.text(key));
                    update.setString(4, key.name());
                    update.addBatch();
                } else {
                    bind(insert, account, key, now);
                    insert.addBatch();
                }
            }
            insert.executeBatch();
            update.executeBatch();
        }
        for (String gone : before.keySet()) {
            rows.update("DELETE FROM keys WHERE name = ?", gone);
        }
    }

    private static void bind(PreparedStatement insert, String account, SeenKey key, Indexed indexed)
            throws SQLException {
        insert.setString(1, key.name());
        insert.setString(2, account);
        insert.setString(3, indexed.accountName());
        insert.setString(4, indexed.user());
        insert.setString(5, indexed.owner());
        insert.setString(6, small(indexed.owner()));
        insert.setInt(7, indexed.standing().ordinal());
        set(insert, 8, indexed.created());
        set(insert, 9, used(key.key().finding().lastUse()));
        set(insert, 10, indexed.decide());
        insert.setString(11, key.searched());
        insert.setString(12, CatalogForm.text(key));
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable Long used(LastUse use) {
        return switch (use) {
            case LastUse.Used used -> used.at().getEpochSecond();
            case LastUse.NeverUsed() -> 0L;
            case LastUse.Unknown unknown -> null;
        };
    }

    private static void set(PreparedStatement statement, int column, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(column, Types.INTEGER);
        } else {
            statement.setLong(column, value);
        }
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
