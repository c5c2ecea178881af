package io.laneway.gateway.server.tables;

import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Little tables for tests. */
final class Tables {

    private Tables() {}

    /** One service {@code order} in lane master, and these lanes without deployments. */
    static LaneTable table(long revision, String... lanes) {
        Service order = new Service(
                ServiceId.of("order"),
                List.of("order.example.com"),
                null,
                List.of(Deployment.of("master", Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:9001")))),
                Policy.DEFAULT);
        return new LaneTable(
                revision,
                "master",
                Carriers.DEFAULT,
                Stream.of(lanes).map(Lane::named).toList(),
                List.of(order),
                List.of(),
                List.of());
    }

    /** The change that adds a lane. */
    static TableDelta addLane(long from, String lane) {
        return new TableDelta(from, from + 1, List.of(new TableChange.PutLane(Lane.named(lane))));
    }

    static String snapshotEvent(String store, LaneTable table) {
        String json = new String(TableWriter.json(table), StandardCharsets.UTF_8);
        return "event: snapshot\nid: " + table.revision() + "\ndata: {\"store\":\"" + store
                + "\",\"replaces\":[],\"revision\":" + table.revision() + ",\"table\":" + json + "}\n\n";
    }

    static String deltaEvent(String store, TableDelta delta) {
        String changes = new String(DeltaForm.json(delta.changes()), StandardCharsets.UTF_8);
        return "event: delta\nid: " + delta.revision() + "\ndata: {\"store\":\"" + store
                + "\",\"replaces\":[],\"from\":" + delta.from() + ",\"revision\":" + delta.revision() + ",\"changes\":"
                + changes + "}\n\n";
    }
}
