package io.laneway.control.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Who a store is. Immutable.
 *
 * @param id       what the watch names
 * @param created  milliseconds since 1970
 * @param replaces ids of stores whose gateways were told to follow this one
 */
public record Identity(String id, long created, List<String> replaces) {

    public Identity {
        replaces = List.copyOf(replaces);
    }

    static Identity init(Connection c, long now) throws SQLException {
        // Two replicas may start on an empty database: the head row is the lock that lets one of them name it.
        Heads.lock(c);
        Sql.update(
                c,
                "INSERT INTO store (id, created, replaces) SELECT ?, CAST(? AS BIGINT), ''"
                        + " WHERE NOT EXISTS (SELECT 1 FROM store)",
                UUID.randomUUID().toString(),
                now);
        return read(c);
    }

    static Identity read(Connection c) throws SQLException {
        return Sql.one(
                        c,
                        "SELECT id, created, replaces FROM store",
                        row -> new Identity(row.getString(1), row.getLong(2), split(row.getString(3))))
                .orElseThrow(() -> new StoreException("store: it has no id (expected: one row in table store)"));
    }

    static Identity accept(Connection c, String old, String fresh) throws SQLException {
        Identity now = read(c);
        List<String> replaces = new ArrayList<>(now.replaces());
        if (!replaces.contains(old)) {
            replaces.add(old);
        }
        String id = now.id().equals(old) ? fresh : now.id();
        Sql.update(c, "UPDATE store SET id = ?, replaces = ?", id, String.join(" ", replaces));
        return read(c);
    }

    private static List<String> split(String ids) {
        return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    }
}
