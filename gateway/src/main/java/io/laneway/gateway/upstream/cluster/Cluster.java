package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.upstream.balance.SlowStart;
import io.laneway.gateway.upstream.health.HealthCheck;
import io.laneway.gateway.upstream.health.OutlierDetector;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.DeploymentState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The live side of one port of a deployment: its endpoints, and for each event loop the pick among them. Brought up to
 * date by the one thread that updates the table, read by every loop. Safe for many threads.
 */
public final class Cluster implements DeploymentState {

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    private final String service;
    private final String lane;
    private final byte[] laneLine;
    private final @Nullable LoopCluster[] loops;
    private final ClusterEnvironment means;
    private final CircuitBreaker breaker;
    private volatile Settings settings;
    private volatile List<LiveEndpoint> endpoints = List.of();
    private volatile Candidates candidates = Candidates.NONE;

    /**
     * What of the table bears on how endpoints are used. Immutable.
     *
     * @param tls null for the defaults
     */
    public record Settings(Protocol protocol, @Nullable UpstreamTls tls, Policy policy) {

        /** How health checks speak to the endpoints. */
        HealthCheck.Way way() {
            UpstreamTls secured = tls == null ? UpstreamTls.DEFAULT : tls;
            return switch (protocol) {
                case HTTP1 -> HealthCheck.Way.PLAIN;
                case AUTO -> new HealthCheck.Way(false, tls);
                case H2C -> new HealthCheck.Way(true, null);
                case HTTPS -> new HealthCheck.Way(false, secured);
                case H2 -> new HealthCheck.Way(true, secured);
            };
        }
    }

    Cluster(String service, String lane, Settings settings, ClusterEnvironment means) {
        this.service = service;
        this.lane = lane;
        this.laneLine = ("x-laneway-lane: " + lane + "\r\n").getBytes(StandardCharsets.UTF_8);
        this.settings = settings;
        this.means = means;
        this.breaker = means.breaker(service, lane);
        this.loops = new @Nullable LoopCluster[means.loops()];
    }

    static Cluster of(Service service, Deployment deployment, Port port, ClusterEnvironment means) {
        Cluster cluster =
                new Cluster(service.id().toString(), deployment.lane(), settings(service, deployment, port), means);
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
        breaker.connections().changed();
    }

    void publish(List<Endpoint> published) {
        Map<String, LiveEndpoint> before = new HashMap<>();
        endpoints.forEach(endpoint -> before.put(endpoint.address(), endpoint));
        boolean first = before.isEmpty();
        List<LiveEndpoint> after = new ArrayList<>(published.size());
        for (Endpoint endpoint : published) {
            LiveEndpoint live = before.remove(endpoint.address());
            if (live == null) {
                live = open(endpoint, first);
            } else {
                live.publish(endpoint);
            }
            after.add(live);
        }
        endpoints = List.copyOf(after);
        before.values().forEach(LiveEndpoint::retire);
        after.forEach(endpoint -> endpoint.supervision().check(settings.policy().health()));
        changed();
    }

    private LiveEndpoint open(Endpoint endpoint, boolean first) {
        long freshUntil = means.nanos().getAsLong() + SlowStart.WINDOW.toNanos();
        LiveEndpoint live = new LiveEndpoint(endpoint, loops.length, first ? LiveEndpoint.OLD : freshUntil);
        live.supervision(new EndpointSupervisor(this, live, means));
        return live;
    }

    /** The state of an endpoint changed. Any thread. */
    synchronized void changed() {
        Candidates before = candidates;
        candidates = Candidates.among(endpoints, settings.policy().balancer());
        Candidates.Grade grade = candidates.grade();
        boolean panics = grade == Candidates.Grade.EJECTED || grade == Candidates.Grade.FAILED;
        if (panics && before.grade() != grade) {
            log.atWarn()
                    .addKeyValue("service", service)
                    .addKeyValue("lane", lane)
                    .addKeyValue("endpoints", candidates.size())
                    .log("no endpoint is well: all are used if no other lane can serve");
        }
    }

    /** A connection to an endpoint stands. Any thread. */
    void reached(LiveEndpoint endpoint) {
        endpoint.supervision().reached();
    }

    /** No address of an endpoint took a connection that was begun at that time. Any thread. */
    void unreachable(LiveEndpoint endpoint, long begun) {
        if (means.watched()) {
            endpoint.supervision().unreachable(begun);
        }
    }

    /**
     * An endpoint has erred as often in a row as ejects it, if others can serve in its place. Any thread.
     *
     * @return whether it was ejected
     */
    synchronized boolean eject(LiveEndpoint endpoint) {
        Ejection policy = settings.policy().ejection();
        List<LiveEndpoint> now = endpoints;
        int ejected = (int) now.stream().filter(e -> e.outlier().ejected()).count();
        int others = (int) now.stream()
                .filter(e -> !e.equals(endpoint) && e.usable() && !e.outlier().ejected())
                .count();
        if (endpoint.outlier().ejected() || !OutlierDetector.mayEject(now.size(), ejected, others, policy.maxShare())) {
            return false;
        }
        Duration time = endpoint.outlier().eject(policy.time(), means.nanos().getAsLong());
        means.watch().after(time, () -> restore(endpoint));
        changed();
        log.atWarn()
                .addKeyValue("service", service)
                .addKeyValue("lane", lane)
                .addKeyValue("endpoint", endpoint.address())
                .addKeyValue("seconds", time.toSeconds())
                .log("an endpoint was ejected for errors in a row");
        return true;
    }

    private void restore(LiveEndpoint endpoint) {
        endpoint.outlier().restore(means.nanos().getAsLong());
        changed();
        log.atInfo()
                .addKeyValue("service", service)
                .addKeyValue("lane", lane)
                .addKeyValue("endpoint", endpoint.address())
                .log("an ejected endpoint is used again");
    }

    /** Whether a transport and protocol of the settings can carry on with what stands. */
    boolean compatible(Deployment deployment, Port port) {
        return settings.protocol() == port.protocol() && Objects.equals(settings.tls(), deployment.tls());
    }

    @Override
    public boolean usable() {
        Candidates.Grade grade = candidates.grade();
        return grade == Candidates.Grade.USABLE || grade == Candidates.Grade.EJECTED;
    }

    @Override
    public boolean panics() {
        return candidates.size() > 0;
    }

    @Override
    public void close() {
        endpoints.forEach(LiveEndpoint::retire);
    }

    /** What the deployment bears at a time, counted over its ports and all loops. */
    public CircuitBreaker breaker() {
        return breaker;
    }

    Candidates candidates() {
        return candidates;
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
    public LoopCluster on(UpstreamEnvironment upstreams) {
        int index = upstreams.loop().index();
        LoopCluster part = loops[index];
        if (part == null) {
            part = new LoopCluster(this, upstreams);
            loops[index] = part;
        }
        return part;
    }
}
