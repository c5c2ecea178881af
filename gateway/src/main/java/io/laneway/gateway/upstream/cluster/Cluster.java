package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.upstream.balance.SlowStart;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.gateway.upstream.health.OutlierDetector;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Service;
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
public final class Cluster implements DeploymentState, EndpointSupervisor.Host {

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    private final ClusterState state;
    private final byte[] laneLine;
    private final @Nullable LoopCluster[] loops;
    private final ClusterEnvironment environment;
    private volatile List<ClusterMember> members = List.of();

    Cluster(String service, String lane, UpstreamSettings settings, ClusterEnvironment environment) {
        this.state = new ClusterState(service, lane, settings, environment.breaker(service, lane));
        this.laneLine = ("x-laneway-lane: " + lane + "\r\n").getBytes(StandardCharsets.UTF_8);
        this.environment = environment;
        this.loops = new @Nullable LoopCluster[environment.loops()];
    }

    static Cluster of(Service service, Deployment deployment, Port port, ClusterEnvironment environment) {
        Cluster cluster = new Cluster(
                service.id().toString(), deployment.lane(), settings(service, deployment, port), environment);
        cluster.publish(port.endpoints());
        return cluster;
    }

    private static UpstreamSettings settings(Service service, Deployment deployment, Port port) {
        return new UpstreamSettings(port.protocol(), deployment.tlsOf(port), service.policy());
    }

    /** Takes over what a new table says; endpoints that stay keep their connections. Only by the updating thread. */
    void update(Service service, Deployment deployment, Port port) {
        state.settings(settings(service, deployment, port));
        publish(port.endpoints());
        breaker().connections().changed();
    }

    void publish(List<Endpoint> published) {
        Map<String, ClusterMember> before = new HashMap<>();
        members.forEach(member -> before.put(member.endpoint().address(), member));
        boolean first = before.isEmpty();
        List<ClusterMember> after = new ArrayList<>(published.size());
        for (Endpoint endpoint : published) {
            ClusterMember live = before.remove(endpoint.address());
            if (live == null) {
                live = open(endpoint, first);
            } else {
                live.publish(endpoint);
            }
            after.add(live);
        }
        members = List.copyOf(after);
        before.values().forEach(member -> member.endpoint().retire());
        after.forEach(member -> member.supervisor().check(policy().health()));
        changed();
    }

    private ClusterMember open(Endpoint endpoint, boolean first) {
        long freshUntil = environment.nanos().getAsLong() + SlowStart.WINDOW.toNanos();
        return new ClusterMember(endpoint, first ? LiveEndpoint.OLD : freshUntil, this, environment);
    }

    @Override
    public synchronized void changed() {
        Candidates before = state.candidates();
        Candidates candidates = Candidates.among(members, policy(), environment.zone());
        state.candidates(candidates);
        Candidates.Grade grade = candidates.grade();
        boolean panics = grade == Candidates.Grade.EJECTED || grade == Candidates.Grade.FAILED;
        if (panics && before.grade() != grade) {
            log.atWarn()
                    .addKeyValue("service", service())
                    .addKeyValue("lane", lane())
                    .addKeyValue("endpoints", candidates.size())
                    .log("no endpoint is healthy: all are used if no other lane can serve");
        }
    }

    @Override
    public synchronized boolean eject(LiveEndpoint endpoint) {
        Ejection policy = policy().ejection();
        List<LiveEndpoint> now = endpoints();
        int ejected = (int) now.stream().filter(e -> e.outlier().ejected()).count();
        int others = (int) now.stream()
                .filter(e -> !e.equals(endpoint) && e.usable() && !e.outlier().ejected())
                .count();
        if (endpoint.outlier().ejected() || !OutlierDetector.mayEject(now.size(), ejected, others, policy.maxShare())) {
            return false;
        }
        Duration time =
                endpoint.outlier().eject(policy.time(), environment.nanos().getAsLong());
        environment.healthChecker().after(time, () -> restore(endpoint));
        changed();
        log.atWarn()
                .addKeyValue("service", service())
                .addKeyValue("lane", lane())
                .addKeyValue("endpoint", endpoint.address())
                .addKeyValue("seconds", time.toSeconds())
                .log("an endpoint was ejected for errors in a row");
        return true;
    }

    private void restore(LiveEndpoint endpoint) {
        endpoint.outlier().restore(environment.nanos().getAsLong());
        changed();
        log.atInfo()
                .addKeyValue("service", service())
                .addKeyValue("lane", lane())
                .addKeyValue("endpoint", endpoint.address())
                .log("an ejected endpoint is used again");
    }

    /** Whether a transport and protocol of the settings can keep the open connections. */
    boolean compatible(Deployment deployment, Port port) {
        return settings().protocol() == port.protocol()
                && Objects.equals(settings().tls(), deployment.tlsOf(port));
    }

    @Override
    public boolean usable() {
        Candidates.Grade grade = state.candidates().grade();
        return grade == Candidates.Grade.USABLE || grade == Candidates.Grade.EJECTED;
    }

    @Override
    public boolean panics() {
        return state.candidates().size() > 0;
    }

    @Override
    public @Nullable String choice() {
        return state.candidates().zoneText(environment.zone());
    }

    @Override
    public void close() {
        members.forEach(member -> member.endpoint().retire());
    }

    /** What the deployment bears at a time, counted over its ports and all loops. */
    public CircuitBreaker breaker() {
        return state.breaker();
    }

    @Override
    public String service() {
        return state.service();
    }

    @Override
    public String lane() {
        return state.lane();
    }

    /** The header line that names the lane; not to be changed. */
    public byte[] laneLine() {
        return laneLine;
    }

    @Override
    public UpstreamSettings settings() {
        return state.settings();
    }

    public Policy policy() {
        return state.settings().policy();
    }

    /** All endpoints, usable or not. */
    public List<LiveEndpoint> endpoints() {
        return members.stream().map(ClusterMember::endpoint).toList();
    }

    /** That loop's part of this cluster. On that loop. */
    public LoopCluster on(UpstreamEnvironment upstreams) {
        int index = upstreams.loop().index();
        LoopCluster part = loops[index];
        if (part == null) {
            part = new LoopCluster(state, upstreams);
            loops[index] = part;
        }
        return part;
    }
}
