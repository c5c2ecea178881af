package io.laneway.gateway.exchange;

import io.laneway.gateway.head.Field;
import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Method;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.mirror.Copies;
import io.laneway.gateway.mirror.Copy;
import io.laneway.gateway.rules.ServiceRules;
import io.laneway.gateway.upstream.Cluster;
import io.laneway.router.decision.Decision;
import io.laneway.router.policy.Mirror;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.unit.Share;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are copied into a mirror's lane, and what the copies say (CONTRACT section 2.7): the same host, the
 * mirror's lane. A lane that lacks the service, or has nobody who could serve, gets none; its parents are no mirror.
 * Confined to one event loop; one for each listener on it.
 */
final class Mirroring {

    private static final long ASKED =
            Field.X_ENVOY_MAX_RETRIES.bit() | Field.X_ENVOY_RETRY_ON.bit() | Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit();

    private final Site site;
    private final Stamping stamping;
    private final Copies copies;

    Mirroring(Site site, Stamping stamping) {
        this.site = site;
        this.stamping = stamping;
        this.copies = new Copies(site.upstreams());
    }

    /**
     * Sends a copy if the rules want one of this request, whose head is settled.
     *
     * @return where its body goes, null if there is no copy
     */
    @Nullable
    Copy begin(ServiceRules rules, Decision decision, RequestHead head, boolean end) {
        Mirror mirror = rules.policy().mirror();
        CompiledTable table = decision.table();
        ServiceEntry service = decision.service();
        if (mirror == null || table == null || service == null || head.upgrade() || head.method() == Method.CONNECT) {
            return null;
        }
        LaneEntry lane = table.lane(mirror.lane());
        boolean hit = site.upstreams().loop().random().nextInt(Share.SLOTS)
                < mirror.share().slots();
        if (!hit || lane == null || lane.equals(decision.served())) {
            return null;
        }
        Cluster to = cluster(service, lane, decision.port());
        if (to == null || !to.usable()) {
            site.observer()
                    .deployment(service.name(), lane.name())
                    .mirrorsDropped
                    .increment();
            return null;
        }
        return copies.send(to, copy(head, lane), end);
    }

    private static @Nullable Cluster cluster(ServiceEntry service, LaneEntry lane, @Nullable PortEntry like) {
        DeploymentEntry deployment = service.deployment(lane);
        if (deployment == null || like == null) {
            return null;
        }
        PortEntry port = deployment.only();
        for (int i = 0; port == null && i < deployment.ports(); i++) {
            PortEntry each = deployment.port(i);
            port = each.port().name().equals(like.port().name()) ? each : null;
        }
        return port != null && port.state() instanceof Cluster cluster ? cluster : null;
    }

    private RequestHead copy(RequestHead head, LaneEntry lane) {
        RequestHead copy = new RequestHead();
        copy.copyOf(head);
        HeaderLines lines = copy.lines();
        stamping.restamp(lines, lane);
        if (lines.mayHave(ASKED)) {
            lines.remove(Field.X_ENVOY_MAX_RETRIES);
            lines.remove(Field.X_ENVOY_RETRY_ON);
            lines.remove(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS);
        }
        return copy;
    }
}
