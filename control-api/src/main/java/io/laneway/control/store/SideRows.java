package io.laneway.control.store;

import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.store.Rows.PlanRow;
import io.laneway.control.store.database.Database;
import io.laneway.control.store.database.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept beside the table and makes no revisions: plans, use of lanes, gateways, and who does the jobs that only
 * one replica may do. Safe for many threads; blocks.
 */
public final class SideRows {

    private final Database database;
    private final Clock clock;

    SideRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A gateway as kept; {@code seen} in milliseconds since 1970. Immutable. */
    public record GatewayRow(String id, long seen, String body) {}

    public List<PlanRow> plans() {
        return database.read(c -> Sql.list(
                c,
                "SELECT shift, version, body FROM plan ORDER BY shift",
                row -> new PlanRow(row.getString(1), row.getLong(2), row.getString(3))));
    }

    public Optional<PlanRow> plan(String shift) {
        return database.read(c -> Sql.one(
                c,
                "SELECT version, body FROM plan WHERE shift = ?",
                row -> new PlanRow(shift, row.getLong(1), row.getString(2)),
                shift));
    }

    /**
     * Puts or removes a plan whose version is the one after the stored one (1 where there is none).
     *
     * @throws StaleRow if it is not
     */
    public void putPlan(PlanRow plan) {
        database.write(c -> {
            putPlan(c, plan);
            return plan;
        });
    }

    static void putPlan(Connection c, PlanRow plan) throws SQLException {
        int rows;
        if (plan.version() == 1) {
            rows = Sql.update(
                    c,
                    "INSERT INTO plan (shift, version, body) VALUES (?, 1, ?) ON CONFLICT (shift) DO NOTHING",
                    plan.shift(),
                    plan.body());
        } else if (plan.body().isEmpty()) {
            rows = Sql.update(c, "DELETE FROM plan WHERE shift = ? AND version = ?", plan.shift(), plan.version() - 1);
        } else {
            rows = Sql.update(
                    c,
                    "UPDATE plan SET version = ?, body = ? WHERE shift = ? AND version = ?",
                    plan.version(),
                    plan.body(),
                    plan.shift(),
                    plan.version() - 1);
        }
        if (rows != 1) {
            throw new StaleRow("the plan of shift " + plan.shift() + " was moved by another call meanwhile");
        }
    }

    /** When each lane was last used, by its slug. */
    public Map<String, LaneUse> laneUse() {
        Map<String, LaneUse> uses = new LinkedHashMap<>();
        database.read(c -> Sql.list(
                c,
                "SELECT lane, at, ttl FROM lane_use ORDER BY lane",
                row -> uses.put(row.getString(1), new LaneUse(row.getString(1), row.getLong(2), row.getLong(3)))));
        return uses;
    }

    /** Notes uses; an older one than is known changes nothing but the time to live. */
    public void used(Collection<LaneUse> uses) {
        database.write(c -> {
            used(c, uses);
            return uses.size();
        });
    }

    static void used(Connection c, Collection<LaneUse> uses) throws SQLException {
        try (PreparedStatement statement = c.prepareStatement(
                "INSERT INTO lane_use (lane, at, ttl) VALUES (?, ?, ?) ON CONFLICT (lane) DO UPDATE SET"
                        + " at = CASE WHEN excluded.at > lane_use.at THEN excluded.at ELSE lane_use.at END,"
                        + " ttl = CASE WHEN ? THEN lane_use.ttl ELSE excluded.ttl END")) {
            for (LaneUse use : uses) {
                statement.setString(1, use.lane());
                statement.setLong(2, use.at());
                statement.setLong(3, Math.max(0, use.ttl()));
                statement.setBoolean(4, use.ttl() < 0);
                statement.addBatch();
            }
            if (!uses.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    public void forgetUse(String lane) {
        database.write(c -> Sql.update(c, "DELETE FROM lane_use WHERE lane = ?", lane));
    }

    /** The gateways that were heard of after a time, in milliseconds since 1970. */
    public List<GatewayRow> gatewaysSince(long seen) {
        return database.read(c ->
                Sql.list(c, "SELECT id, seen, body FROM gateway WHERE seen > ? ORDER BY id", SideRows::gateway, seen));
    }

    /** One gateway. */
    public Optional<GatewayRow> gateway(String id) {
        return database.read(c -> Sql.one(c, "SELECT id, seen, body FROM gateway WHERE id = ?", SideRows::gateway, id));
    }

    private static GatewayRow gateway(ResultSet row) throws SQLException {
        return new GatewayRow(row.getString(1), row.getLong(2), row.getString(3));
    }

    public void putGateway(GatewayRow row) {
        database.write(c -> Sql.update(
                c,
                "INSERT INTO gateway (id, seen, body) VALUES (?, ?, ?) ON CONFLICT (id)"
                        + " DO UPDATE SET seen = excluded.seen, body = excluded.body",
                row.id(),
                row.seen(),
                row.body()));
    }

    public void forgetGateways(long seenBefore) {
        database.write(c -> Sql.update(c, "DELETE FROM gateway WHERE seen < ?", seenBefore));
    }

    /** Forgets responses sent before a time, in milliseconds since 1970. */
    public void forgetResponses(long before) {
        database.write(c -> Sql.update(c, "DELETE FROM answer WHERE at < ?", before));
    }

    /** Who holds a lease now. */
    public Optional<String> holder(String job) {
        return database.read(c -> Sql.one(
                c,
                "SELECT holder FROM lease WHERE job = ? AND until >= ?",
                row -> row.getString(1),
                job,
                clock.millis()));
    }

    /** Takes or renews a lease for so long; false while another holder has it. */
    public boolean lease(String job, String holder, Duration time) {
        long now = clock.millis();
        return database.write(c -> Sql.update(
                        c,
                        "INSERT INTO lease (job, holder, until) VALUES (?, ?, ?) ON CONFLICT (job)"
                                + " DO UPDATE SET holder = excluded.holder, until = excluded.until"
                                + " WHERE lease.holder = excluded.holder OR lease.until < ?",
                        job,
                        holder,
                        now + time.toMillis(),
                        now)
                == 1);
    }
}
