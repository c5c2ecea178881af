package io.laneway.control.store;

import io.laneway.control.store.database.HeadRow;
import io.laneway.control.store.database.Sql;
import io.laneway.control.store.database.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who a store is. Immutable.
 *
 * @param id       what the watch names
 * @param created  milliseconds since 1970
 * @param replaces ids of stores whose gateways may follow this one
 */
public record Identity(String id, long created, List<String> replaces) {

    public Identity {
        replaces = List.copyOf(replaces);
    }

    static Identity init(Connection c, long now) throws SQLException {
        // Two replicas may start on an empty database: the head row is the lock that lets one of them name it.
        HeadRow.lock(c);
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

    /** Lets gateways follow whichever store this one was before, by a fresh id. */
    static Identity accept(Connection c, String fresh) throws SQLException {
        Identity now = read(c);
        Set<String> replaces = new LinkedHashSet<>(now.replaces());
        replaces.addAll(former(c));
        replaces.add(now.id());
        Sql.update(c, "DELETE FROM former");
        Sql.update(c, "UPDATE store SET id = ?, replaces = ?", fresh, String.join(" ", replaces));
        return read(c);
    }

    /** Ids that the store had before it was restored, and that no gateway heard of. */
    static List<String> former(Connection c) throws SQLException {
        return Sql.list(c, "SELECT id FROM former ORDER BY id", row -> row.getString(1));
    }

    /** A restored store is another one until it is accepted; it remembers what it was. */
    static int restored(Connection c, String fresh, Collection<String> former) throws SQLException {
        Sql.update(c, "DELETE FROM former");
        for (String id : former) {
            Sql.update(c, "INSERT INTO former (id) VALUES (?)", id);
        }
        return Sql.update(c, "UPDATE store SET id = ?, replaces = ''", fresh);
    }

    private static List<String> split(String ids) {
        return ids.isEmpty() ? List.of() : List.of(ids.split(" "));
    }
}
