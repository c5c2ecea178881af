package io.laneway.control;

import io.laneway.control.edit.RevisionListener;
import io.laneway.control.sources.ServedMetrics;
import io.laneway.control.sources.TableServing;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableServer;
import io.laneway.router.tls.RenewedTls;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers of the table on ports of their own: fed with every published revision. Started and closed by one thread. */
final class Servers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Servers.class);

    private final List<TableServer> servers;
    private final List<TableServing> servings = new ArrayList<>();

    Servers(List<TableServer> servers) {
        this.servers = servers;
    }

    /** Adds them to those that hear of revisions. */
    RevisionListener hearing(RevisionListener others) {
        return servers.isEmpty() ? others : RevisionListener.both(others, new Feed());
    }

    private final class Feed implements RevisionListener {
        @Override
        public void revisions(TableState state, List<PublishedRow> rows) {
            reset(state);
        }

        @Override
        public void reset(TableState state) {
            LaneTable table = state.publishedTable();
            servers.forEach(server -> server.table(table));
        }
    }

    /** Opens their ports, at the control API's address and with its certificates. */
    void start(Components components, Vertx vertx, String host, @Nullable RenewedTls tls) {
        TableServer.Listen listen = new TableServer.Listen(host, tls);
        for (TableServer server : servers) {
            TableServing serving = new TableServing(
                    server,
                    vertx,
                    components.authenticator(),
                    components.grants(),
                    components.gateways(),
                    components.store());
            servings.add(serving);
            int port = server.start(listen, serving);
            ServedMetrics.register(server, components.metrics());
            log.atInfo()
                    .addKeyValue("server", server.name())
                    .addKeyValue("host", host)
                    .addKeyValue("port", port)
                    .log("table served");
        }
    }

    /** Notes again which clients are there. */
    void beat() {
        servings.forEach(TableServing::beat);
    }

    @Override
    public void close() {
        servings.forEach(TableServing::close);
    }
}
