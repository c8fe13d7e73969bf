package io.keyturn.adapters.store;

import io.keyturn.engine.port.StoreFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads and changes the rows of a catalog's file; for one thread at a time. */
final class CatalogRows {
    private final String place;
    private final Connection connection;

    CatalogRows(String place, Connection connection) {
        this.place = place;
        this.connection = connection;
    }

    /** Takes one row. */
    interface Row {
        void take(ResultSet row) throws SQLException;
    }

    /** Gives each row of the answer to {@code taker}. */
    void each(String sql, Row taker, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, values);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    taker.take(row);
                }
            }
        }
    }

    /** The values in the first column, which the same version of the tables wrote. */
    <T> List<T> values(String sql, Class<T> type, Object... values) throws SQLException, StoreFailure {
        List<String> texts = new ArrayList<>();
        each(sql, row -> texts.add(row.getString(1)), values);
        try {
            return texts.stream().map(text -> CatalogForm.value(text, type)).toList();
        } catch (JacksonException e) {
            throw CatalogTables.damaged(place, e);
        }
    }

    /** The value in the first column of the first row. */
    <T> Optional<T> value(String sql, Class<T> type, Object... values) throws SQLException, StoreFailure {
        return values(sql, type, values).stream().findFirst();
    }

    void update(String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            set(statement, values);
            statement.executeUpdate();
        }
    }

    /** A statement that is filled and added to a batch again and again. */
    PreparedStatement prepared(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
