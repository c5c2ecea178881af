package io.laneway.control.store;

import io.laneway.control.store.Rows.LaneUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands beside the table and makes no revisions: plans, use of lanes, gateways, and who does the jobs that only
 * one replica may do. Safe for many threads; blocks.
 */
public final class SideRows {

    private final Database database;
    private final Clock clock;

    SideRows(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A stepwise shift as kept; {@code version} grows with every change of it. Immutable. */
    public record PlanRow(String shift, long version, String body) {}

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

    /** Puts a plan if its version is the one after the stored one (1 where there is none); false if it is not. */
    public boolean putPlan(PlanRow plan) {
        return database.write(c -> {
            if (plan.version() == 1) {
                return Sql.update(
                                c,
                                "INSERT INTO plan (shift, version, body) VALUES (?, 1, ?) ON CONFLICT (shift) DO NOTHING",
                                plan.shift(),
                                plan.body())
                        == 1;
            }
            return Sql.update(
                            c,
                            "UPDATE plan SET version = ?, body = ? WHERE shift = ? AND version = ?",
                            plan.version(),
                            plan.body(),
                            plan.shift(),
                            plan.version() - 1)
                    == 1;
        });
    }

    public boolean removePlan(String shift) {
        return database.write(c -> Sql.update(c, "DELETE FROM plan WHERE shift = ?", shift) > 0);
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
        for (LaneUse use : uses) {
            Sql.update(
                    c,
                    "INSERT INTO lane_use (lane, at, ttl) VALUES (?, ?, ?) ON CONFLICT (lane) DO UPDATE SET"
                            + " at = CASE WHEN excluded.at > lane_use.at THEN excluded.at ELSE lane_use.at END,"
                            + " ttl = CASE WHEN ? THEN lane_use.ttl ELSE excluded.ttl END",
                    use.lane(),
                    use.at(),
                    Math.max(0, use.ttl()),
                    use.ttl() < 0);
        }
    }

    public void forgetUse(String lane) {
        database.write(c -> Sql.update(c, "DELETE FROM lane_use WHERE lane = ?", lane));
    }

    public List<GatewayRow> gateways() {
        return database.read(c -> Sql.list(
                c,
                "SELECT id, seen, body FROM gateway ORDER BY id",
                row -> new GatewayRow(row.getString(1), row.getLong(2), row.getString(3))));
    }

    public void putGateways(List<GatewayRow> rows) {
        database.write(c -> {
            for (GatewayRow row : rows) {
                Sql.update(
                        c,
                        "INSERT INTO gateway (id, seen, body) VALUES (?, ?, ?) ON CONFLICT (id)"
                                + " DO UPDATE SET seen = excluded.seen, body = excluded.body",
                        row.id(),
                        row.seen(),
                        row.body());
            }
            return rows.size();
        });
    }

    public void forgetGateways(long seenBefore) {
        database.write(c -> Sql.update(c, "DELETE FROM gateway WHERE seen < ?", seenBefore));
    }

    /** Forgets answers given before a time, in milliseconds since 1970. */
    public void forgetAnswers(long before) {
        database.write(c -> Sql.update(c, "DELETE FROM answer WHERE at < ?", before));
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
