package io.laneway.gateway.upstream.cluster;

import io.laneway.gateway.upstream.endpoint.HostPort;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.endpoint.UpstreamSettings;
import io.laneway.gateway.upstream.health.HealthCheck;
import io.laneway.gateway.upstream.health.HealthState;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.laneway.gateway.upstream.pool.EndpointMonitor;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Health;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after one endpoint of a cluster while tables have it: asks it now and then if the policy wants that, and tries to
 * reach it again after a connection failed. Runs on the health checker's thread, save for what says otherwise.
 */
final class EndpointSupervisor implements EndpointMonitor {

    private static final Logger log = LoggerFactory.getLogger(EndpointSupervisor.class);
    private static final Duration FIRST_TRY = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration UNBOUNDED = Duration.ofSeconds(1);

    /** So often a name is looked up while connections may be kept by it; the lookup keeps answers for their TTL. */
    private static final Duration FOLLOW = Duration.ofSeconds(3);

    /** The cluster that an endpoint is of. Safe for many threads. */
    interface Host {

        /** The service's identity as written. */
        String service();

        /** The table's name of the lane. */
        String lane();

        UpstreamSettings settings();

        /** The state of an endpoint changed. */
        void changed();

        /** Leaves an endpoint out for a while, if others can serve in its place; true if it does. */
        boolean eject(LiveEndpoint endpoint);
    }

    private final Host cluster;
    private final LiveEndpoint endpoint;
    private final ClusterEnvironment environment;
    private final HealthState health = new HealthState();
    private volatile @Nullable Health checks;
    private final AtomicBoolean following = new AtomicBoolean();
    private boolean asking;

    EndpointSupervisor(Host cluster, LiveEndpoint endpoint, ClusterEnvironment environment) {
        this.cluster = cluster;
        this.endpoint = endpoint;
        this.environment = environment;
    }

    /** Sets how it is to be checked, null for not at all. Any thread. */
    void check(@Nullable Health policy) {
        Health before = checks;
        checks = policy;
        if (policy == null && before != null) {
            environment.healthChecker().after(Duration.ZERO, this::trust);
        } else if (policy != null && !Objects.equals(policy, before)) {
            environment.healthChecker().after(jittered(policy.interval().dividedBy(10)), this::begin);
        }
    }

    private void trust() {
        if (checks == null && !endpoint.healthy()) {
            endpoint.healthy(true);
            cluster.changed();
        }
    }

    private void begin() {
        if (!asking) {
            ask();
        }
    }

    private void ask() {
        Health policy = checks;
        asking = policy != null && !endpoint.retired();
        if (policy == null || endpoint.retired()) {
            return;
        }
        HealthCheck.Transport transport = transport(policy);
        ask(policy, transport, well -> {
            if (well || !mayBeOther(policy)) {
                heard(well);
            } else {
                ask(policy, new HealthCheck.Transport(!transport.http2(), transport.tls()), this::heard);
            }
        });
    }

    private void ask(Health policy, HealthCheck.Transport transport, Consumer<Boolean> outcome) {
        String path = policy.path() == null ? "" : policy.path();
        HostPort at = endpoint.hostPort();
        if (at != null) {
            environment
                    .healthChecker()
                    .check(
                            new HealthCheck(
                                    policy.kind(),
                                    at.host(),
                                    at.port(),
                                    path,
                                    policy.timeout(),
                                    transport,
                                    endpoint.join()),
                            outcome);
        }
    }

    /** A TCP check asks for no more than that; with protocol {@code auto} an HTTP check goes as requests do. */
    private HealthCheck.Transport transport(Health policy) {
        HealthCheck.Transport transport = cluster.settings().healthTransport();
        if (policy.kind() == Health.Kind.TCP) {
            return HealthCheck.Transport.PLAIN;
        }
        boolean auto = cluster.settings().protocol() == Protocol.AUTO;
        return auto && endpoint.protocols().http2() ? new HealthCheck.Transport(true, transport.tls()) : transport;
    }

    /** Whether it may be that the check speaks another protocol than the endpoint. */
    private boolean mayBeOther(Health policy) {
        return policy.kind() == Health.Kind.HTTP
                && cluster.settings().protocol() == Protocol.AUTO
                && !endpoint.protocols().http1();
    }

    private void heard(boolean well) {
        Health policy = checks;
        if (policy == null || endpoint.retired()) {
            asking = false;
            return;
        }
        boolean healthy = health.heard(well, policy);
        if (healthy != endpoint.healthy()) {
            endpoint.healthy(healthy);
            cluster.changed();
            log.atWarn()
                    .addKeyValue("service", cluster.service())
                    .addKeyValue("lane", cluster.lane())
                    .addKeyValue("endpoint", endpoint.address())
                    .log(
                            healthy
                                    ? "health checks find an endpoint healthy again"
                                    : "health checks find an endpoint unhealthy");
        }
        environment.healthChecker().after(jittered(policy.interval()), this::ask);
    }

    @Override
    public void unreachable(long begun) {
        if (!environment.hasHealthChecks() || !endpoint.unreached(begun)) {
            return;
        }
        cluster.changed();
        log.atWarn()
                .addKeyValue("service", cluster.service())
                .addKeyValue("lane", cluster.lane())
                .addKeyValue("endpoint", endpoint.address())
                .log("an endpoint cannot be reached");
        environment.healthChecker().after(jittered(FIRST_TRY), () -> reach(FIRST_TRY));
    }

    private void reach(Duration waited) {
        if (endpoint.retired() || endpoint.reachable()) {
            return;
        }
        Duration connect = cluster.settings().policy().timeouts().connect();
        JoinRoute join = endpoint.join();
        Duration timeout = connect.isZero() ? UNBOUNDED : join == null ? connect : join.connect(connect);
        HostPort at = endpoint.hostPort();
        if (at == null) {
            return;
        }
        environment
                .healthChecker()
                .check(
                        HealthCheck.reach(
                                at.host(),
                                at.port(),
                                timeout,
                                cluster.settings().healthTransport(),
                                join),
                        there -> reached(there, waited));
    }

    private void reached(boolean there, Duration waited) {
        if (there) {
            reached();
            return;
        }
        Duration next = waited.multipliedBy(2);
        Duration wait = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
        environment.healthChecker().after(jittered(wait), () -> reach(wait));
    }

    @Override
    public boolean eject() {
        return cluster.eject(endpoint);
    }

    @Override
    public void reached() {
        if (endpoint.literal() == null && following.compareAndSet(false, true)) {
            environment.healthChecker().after(FOLLOW, this::follow);
        }
        if (endpoint.reached(environment.nanos().getAsLong())) {
            cluster.changed();
            log.atInfo()
                    .addKeyValue("service", cluster.service())
                    .addKeyValue("lane", cluster.lane())
                    .addKeyValue("endpoint", endpoint.address())
                    .log("an endpoint can be reached again");
        }
    }

    /** Looks what its name says now, as long as it is in the table. */
    private void follow() {
        HostPort at = endpoint.hostPort();
        if (at != null && !endpoint.retired()) {
            environment.healthChecker().addresses(at.host(), endpoint::found);
            environment.healthChecker().after(jittered(FOLLOW), this::follow);
        }
    }

    /** From three quarters to five quarters of it, so that gateways and endpoints do not fall into step. */
    private static Duration jittered(Duration wait) {
        long nanos = wait.toNanos();
        return Duration.ofNanos(nanos - nanos / 4 + ThreadLocalRandom.current().nextLong(nanos / 2 + 1));
    }
}
