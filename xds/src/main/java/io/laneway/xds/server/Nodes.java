package io.laneway.xds.server;

import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.source.TableServer.Control;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.router.source.TableServer.Measure;
import io.laneway.xds.resource.ResourceType;
import io.laneway.xds.stream.Hub;
import io.laneway.xds.stream.Refusals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes that are connected, and what they refused. Safe for many threads. */
final class Nodes implements Hub.NodeListener {

    private static final Logger log = LoggerFactory.getLogger(Nodes.class);

    private final Map<String, Follower> nodes = new ConcurrentSkipListMap<>();
    private volatile @Nullable Control control;

    void reportTo(Control side) {
        control = side;
    }

    @Override
    public void follows(Follower follower) {
        Follower before = nodes.put(follower.id(), follower);
        if (!follower.rejected().isEmpty()
                && (before == null || !before.rejected().equals(follower.rejected()))) {
            log.atWarn()
                    .addKeyValue("node", follower.id())
                    .addKeyValue("why", follower.rejected())
                    .log("a client of xDS refused what it was sent");
        }
        Control side = control;
        if (side != null) {
            side.follows(follower);
        }
    }

    @Override
    public void left(String id) {
        nodes.remove(id);
        Control side = control;
        if (side != null) {
            side.left(id);
        }
    }

    /** A finding for each node that refuses what it was sent. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        nodes.forEach((id, node) -> {
            if (!node.rejected().isEmpty()) {
                findings.add(new Finding(
                        "xds-nack",
                        "gateway xds:" + id,
                        "refused what it was sent and continues with revision " + node.revision() + ": "
                                + node.rejected()));
            }
        });
        return findings;
    }

    List<Measure> measures(Hub.Counts counts, Refusals refusals) {
        List<Measure> measures = new ArrayList<>();
        measures.add(new Measure("laneway_control_xds_streams", "Open streams of xDS", counts.streams()));
        measures.add(new Measure("laneway_control_xds_nodes", "Connected clients of xDS", counts.nodes()));
        measures.add(new Measure(
                "laneway_control_xds_refusing", "Clients of xDS that refuse what they were sent", counts.refusing()));
        for (ResourceType type : ResourceType.values()) {
            measures.add(new Measure(
                    "laneway_control_xds_responses_total",
                    "Responses of xDS",
                    Map.of("type", word(type)),
                    counts.sent().getOrDefault(type, 0L)));
        }
        refusals.counts()
                .forEach((source, count) -> measures.add(new Measure(
                        "laneway_control_xds_nacks_total",
                        "Responses of xDS that a client refused",
                        Map.of("node", source.node(), "type", word(source.type())),
                        count)));
        return measures;
    }

    private static String word(ResourceType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
