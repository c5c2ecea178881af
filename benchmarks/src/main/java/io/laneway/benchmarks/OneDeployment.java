package io.laneway.benchmarks;

import io.laneway.gateway.protocol.http1.Http1Settings;
import io.laneway.gateway.protocol.http2.StreamSettings;
import io.laneway.gateway.protocol.tls.UpstreamTlsContexts;
import io.laneway.gateway.runtime.config.DrainConfig;
import io.laneway.gateway.runtime.config.LimitsConfig;
import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.Sockets;
import io.laneway.gateway.runtime.names.Names;
import io.laneway.gateway.runtime.names.SystemNames;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.telemetry.metrics.KnownNames;
import io.laneway.gateway.telemetry.metrics.RequestMetrics;
import io.laneway.gateway.upstream.balance.SessionKey;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.ClusterEnvironment;
import io.laneway.gateway.upstream.cluster.Clusters;
import io.laneway.gateway.upstream.cluster.LoopCluster;
import io.laneway.gateway.upstream.health.HealthChecker;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.laneway.gateway.upstream.pool.UpstreamTransport;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A service with one deployment on one event loop, whose thread is never started. Confined to one thread. */
public final class OneDeployment implements AutoCloseable {

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Loop loop = new Loop(0, group.next(), System::nanoTime, new SplittableRandom(7));

    /** The loop that is to use it. */
    public Loop loop() {
        return loop;
    }

    /**
     * The deployment as the loop sees it.
     *
     * @param endpoints how many it has, in three zones
     * @param zone      of the gateway, empty for none
     */
    public LoopCluster cluster(int endpoints, String zone) {
        return cluster(endpoints, zone, Policy.DEFAULT);
    }

    /** The same by the policy of its service. */
    public LoopCluster cluster(int endpoints, String zone, Policy policy) {
        List<Endpoint> all = IntStream.range(0, endpoints)
                .mapToObj(i -> new Endpoint("127.0.0.1:" + (1000 + i), 1, zoneOf(i), true, false))
                .toList();
        Deployment deployment = Deployment.of("master", Protocol.HTTP1, all);
        Service service = new Service(ServiceId.of("a"), List.of(), null, List.of(deployment), policy);
        Cluster made =
                clusters(zone).open(service, deployment, deployment.ports().get(0), null);
        return made.on(upstreams());
    }

    /** What the loop has for upstreams. */
    public UpstreamEnvironment upstreams() {
        UpstreamTransport transport = new UpstreamTransport(
                Sockets.of(Transport.NIO),
                new Names(new SystemNames()),
                new UpstreamTlsContexts(),
                Http1Settings.of(LimitsConfig.DEFAULT, TimeoutsConfig.DEFAULT, DrainConfig.DEFAULT),
                StreamSettings.of(LimitsConfig.DEFAULT, TimeoutsConfig.DEFAULT, DrainConfig.DEFAULT),
                null);
        return new UpstreamEnvironment(loop, transport, observer());
    }

    /** Counts what the loop does. */
    public ExchangeObserver observer() {
        return new RequestMetrics(KnownNames.ALL, System::currentTimeMillis).loop(Runnable::run);
    }

    private static String zoneOf(int number) {
        return String.valueOf((char) ('a' + number % 3));
    }

    /** What makes the live side of tables, for a gateway of that zone. */
    public static Clusters clusters(String zone) {
        return new Clusters(
                new ClusterEnvironment(1, System::nanoTime, HealthChecker.NONE, zone, SessionKey.PUBLIC, null));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }
}
