package io.laneway.gateway.upstream;

import io.laneway.router.model.Deployment;
import io.laneway.router.model.Endpoint;
import io.laneway.router.model.Port;
import io.laneway.router.model.Protocol;
import io.laneway.router.model.Service;
import io.laneway.router.model.UpstreamTls;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.DeploymentState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The live side of one port of a deployment: its endpoints, and for each event loop the pick among them. Brought up to
 * date by the one thread that updates the table, read by every loop. Safe for many threads.
 */
public final class Cluster implements DeploymentState {

    private final String service;
    private final String lane;
    private final byte[] laneLine;
    private final @Nullable LoopCluster[] loops;
    private volatile Settings settings;
    private volatile List<LiveEndpoint> endpoints = List.of();

    /**
     * What of the table bears on how endpoints are used. Immutable.
     *
     * @param tls null for the defaults
     */
    public record Settings(Protocol protocol, @Nullable UpstreamTls tls, Policy policy) {}

    Cluster(String service, String lane, Settings settings, int loops) {
        this.service = service;
        this.lane = lane;
        this.laneLine = ("x-laneway-lane: " + lane + "\r\n").getBytes(StandardCharsets.UTF_8);
        this.settings = settings;
        this.loops = new @Nullable LoopCluster[loops];
    }

    static Cluster of(Service service, Deployment deployment, Port port, int loops) {
        Cluster cluster =
                new Cluster(service.id().toString(), deployment.lane(), settings(service, deployment, port), loops);
        cluster.publish(port.endpoints());
        return cluster;
    }

    private static Settings settings(Service service, Deployment deployment, Port port) {
        return new Settings(port.protocol(), deployment.tls(), service.policy());
    }

    /** Takes over what a new table says; endpoints that stay keep their connections. Only by the updating thread. */
    void update(Service service, Deployment deployment, Port port) {
        settings = settings(service, deployment, port);
        publish(port.endpoints());
    }

    void publish(List<Endpoint> published) {
        Map<String, LiveEndpoint> before = new HashMap<>();
        endpoints.forEach(endpoint -> before.put(endpoint.address(), endpoint));
        List<LiveEndpoint> after = new ArrayList<>(published.size());
        for (Endpoint endpoint : published) {
            LiveEndpoint live = before.remove(endpoint.address());
            if (live == null) {
                live = new LiveEndpoint(endpoint, loops.length);
            } else {
                live.publish(endpoint);
            }
            after.add(live);
        }
        endpoints = List.copyOf(after);
        before.values().forEach(LiveEndpoint::retire);
    }

    /** Whether a transport and protocol of the settings can carry on with what stands. */
    boolean compatible(Deployment deployment, Port port) {
        return settings.protocol() == port.protocol() && Objects.equals(settings.tls(), deployment.tls());
    }

    @Override
    public boolean usable() {
        List<LiveEndpoint> now = endpoints;
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).usable()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        List<LiveEndpoint> last = endpoints;
        last.forEach(LiveEndpoint::retire);
    }

    /** The service's identity as written. */
    public String service() {
        return service;
    }

    /** The table's name of the lane. */
    public String lane() {
        return lane;
    }

    /** The header line that tells the lane; not to be changed. */
    public byte[] laneLine() {
        return laneLine;
    }

    public Settings settings() {
        return settings;
    }

    public Policy policy() {
        return settings.policy();
    }

    /** All endpoints, usable or not. */
    public List<LiveEndpoint> endpoints() {
        return endpoints;
    }

    /** That loop's part of this cluster. On that loop. */
    public LoopCluster on(Upstreams upstreams) {
        int index = upstreams.loop().index();
        LoopCluster part = loops[index];
        if (part == null) {
            part = new LoopCluster(this, upstreams);
            loops[index] = part;
        }
        return part;
    }
}
