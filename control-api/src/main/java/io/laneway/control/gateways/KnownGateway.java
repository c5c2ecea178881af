package io.laneway.control.gateways;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;

/**
 * A gateway and its last report. Immutable.
 *
 * @param seen      when it was heard of last, in milliseconds since 1970
 * @param connected whether it watches, or was heard of lately
 * @param missed    whether it is not connected and was heard of minutes ago, so that it may still route by an old table
 */
public record KnownGateway(String id, long seen, boolean connected, boolean missed, GatewayReport report) {

    /** Whether it has the table of a revision of this store. */
    public boolean applied(String store, long revision) {
        return report.store().equals(store) && report.revision() >= revision;
    }

    /** As the API shows it. */
    public JsonObject json(String store, long newest) {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("kind", report.kind())
                .put("version", report.version())
                .put("address", report.address())
                .put("state", report.state())
                .put("store", report.store())
                .put("revision", report.revision())
                .put("lag", report.store().equals(store) ? Math.max(0, newest - report.revision()) : newest)
                .put("connected", connected)
                .put("missed", missed)
                .put("questions", new JsonArray(report.questions()))
                .put("unverified", new JsonArray(report.unverified()))
                .put("lastSeen", Instant.ofEpochMilli(seen).toString());
        if (!report.rejected().isEmpty()) {
            json.put("rejected", report.rejected());
        }
        return report.shed() == GatewayReport.UNKNOWN ? json : json.put("shed", report.shed());
    }
}
