package io.laneway.xds.server;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.laneway.router.source.TableServer;
import io.laneway.router.tls.RenewedTls;
import io.laneway.xds.stream.Hub;
import io.laneway.xds.stream.PushTimes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The table for Envoys and proxyless gRPC: an ADS server (xDS v3, state of the world and incremental). Safe for many threads;
 * {@link #start} and {@link #close} block.
 */
public final class XdsServer implements TableServer, LintSource {

    /** Clusters outlive the routes to them for so long: clients take up routes within it, or are gone. */
    private static final Duration LINGER = Duration.ofSeconds(30);

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    /** As sidecars send pings that some platforms demand every 10 s. */
    private static final Duration PERMIT_KEEP_ALIVE = Duration.ofSeconds(5);

    private static final int MAX_REQUEST = 16 * 1024 * 1024;
    private static final int CLOSE_SECONDS = 2;

    private final int port;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-xds"));
    private final Nodes nodes = new Nodes();
    private final Hub hub = new Hub(thread, LINGER.toNanos(), nodes);
    private @Nullable Server server;

    /** @param port to listen on, 0 takes a free one */
    public XdsServer(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
        this.port = port;
    }

    @Override
    public String name() {
        return "xds";
    }

    @Override
    public synchronized int start(Listen listen, Control control) {
        nodes.reportTo(control);
        try {
            NettyServerBuilder builder = NettyServerBuilder.forAddress(new InetSocketAddress(listen.host(), port))
                    .addService(new DiscoveryService(hub, control))
                    .intercept(new Caller.Reader())
                    .directExecutor()
                    .maxInboundMessageSize(MAX_REQUEST)
                    .keepAliveTime(KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                    .permitKeepAliveTime(PERMIT_KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                    .permitKeepAliveWithoutCalls(true);
            RenewedTls tls = listen.tls();
            if (tls != null) {
                builder.sslContext(RenewedContext.of(tls));
            }
            Server started = builder.build().start();
            server = started;
            thread.scheduleWithFixedDelay(hub::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
            return started.getPort();
        } catch (IOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(
                    "xds: cannot listen on " + listen.host() + ":" + port + ": " + cause.getMessage(), e);
        }
    }

    /** The port it listens on, once it does. */
    public synchronized int port() {
        Server running = server;
        return running == null ? port : running.getPort();
    }

    @Override
    public void table(LaneTable table) {
        hub.table(table);
    }

    /** What is counted. */
    @Override
    public List<Measure> measures() {
        return nodes.measures(hub.counts(), hub.refusals());
    }

    @Override
    public List<Distribution> distributions() {
        PushTimes times = hub.times();
        return List.of(new Distribution(
                "laneway_control_xds_push_seconds",
                "From a change of the table until it is sent to a client of xDS",
                PushTimes.bounds(),
                times.counts(),
                times.sum()));
    }

    @Override
    public List<Finding> findings(LaneTable table) {
        List<Finding> findings = new ArrayList<>(hub.findings());
        findings.addAll(nodes.findings());
        return findings;
    }

    @Override
    public synchronized void close() {
        hub.close();
        Server running = server;
        try {
            if (running != null && !running.shutdown().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                running.shutdownNow();
            }
            // The ends of streams are noted on this thread, while there is something to note them in.
            thread.shutdown();
            if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            if (running != null) {
                running.shutdownNow();
            }
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
