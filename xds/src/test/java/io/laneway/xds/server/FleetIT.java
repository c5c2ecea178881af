package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.TableServer.Distribution;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.router.source.TableServer.Listen;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Many sidecars, lanes and services: how soon a change reaches all of them, how much each is sent, what is kept. Small in the
 * build; {@code -Psoak} runs the sizes of the issue. Its figures are in {@code target/reports/xds-fleet.txt}, clients included, as they run in the same process.
 */
class FleetIT {

    private static final int LANES = Integer.getInteger("laneway.xds.lanes", 200);
    private static final int SERVICES = Integer.getInteger("laneway.xds.services", 40);
    private static final int NODES = Integer.getInteger("laneway.xds.nodes", 10);
    private static final int CHANGES = Integer.getInteger("laneway.xds.fleet.changes", 30);
    private static final int STREAMS_A_CONNECTION = 50;
    private static final long SECONDS = 60;

    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<FleetNode> nodes = new ArrayList<>();

    @Test
    void aChangeReachesEverySidecarSoonAndNoneRefusesIt() {
        XdsServer server = new XdsServer(0);
        Fleet fleet = new Fleet(LANES, SERVICES);
        try {
            int port = server.start(new Listen("127.0.0.1", null), new Everyone(followers));
            server.table(fleet.table());
            connect(port);
            await().atMost(Duration.ofSeconds(SECONDS)).until(() -> applied(1));
            long most = nodes.stream().mapToLong(FleetNode::bytes).max().orElse(0);
            change(server, fleet, Math.min(20, CHANGES));
            long before = cpu();
            long[] endpoints = new long[CHANGES];
            long[] lanes = new long[CHANGES / 10 + 1];
            for (int i = 0; i < endpoints.length; i++) {
                endpoints[i] = reaches(server, fleet.otherEndpoint(0));
            }
            long between = cpu();
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = reaches(server, fleet.lane(0, "new-" + i / 2));
            }
            report("endpoint", endpoints, between - before);
            report("lane", lanes, cpu() - between);
            report(most);
            reportSends(server);
            assertThat(errors).isEmpty();
            assertThat(followers)
                    .hasSize(NODES)
                    .allSatisfy((id, node) -> assertThat(node.rejected()).isEmpty());
            assertThat(most).isLessThan(1 << 20);
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
            server.close();
        }
    }

    private void change(XdsServer server, Fleet fleet, int times) {
        for (int i = 0; i < times; i++) {
            reaches(server, fleet.otherEndpoint(0));
        }
    }

    private void connect(int port) {
        for (int i = 0; i < NODES; i++) {
            if (i % STREAMS_A_CONNECTION == 0) {
                channels.add(Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create())
                        .maxInboundMessageSize(1 << 24)
                        .build());
            }
            // All call one service, and each some others.
            List<String> services = List.of(
                    "s0",
                    "s" + (1 + i % (SERVICES - 1)),
                    "s" + (1 + (i * 3 + 5) % (SERVICES - 1)),
                    "s" + (1 + (i * 5 + 11) % (SERVICES - 1)),
                    "s" + (1 + (i * 11 + 2) % (SERVICES - 1)));
            nodes.add(new FleetNode("n-" + i, services, channels.get(channels.size() - 1), errors));
        }
    }

    /** Nanoseconds until every node was sent what changed. */
    private long reaches(XdsServer server, LaneTable table) {
        long start = System.nanoTime();
        server.table(table);
        for (FleetNode node : nodes) {
            while (node.revision() < table.revision()) {
                LockSupport.parkNanos(50_000);
                if (System.nanoTime() - start > SECONDS * 1_000_000_000L) {
                    throw new AssertionError("revision " + node.revision() + " of " + table.revision() + "; " + errors);
                }
            }
        }
        long took = System.nanoTime() - start;
        await().atMost(Duration.ofSeconds(SECONDS))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> applied(table.revision()));
        return took;
    }

    private boolean applied(long revision) {
        return followers.size() == NODES && followers.values().stream().allMatch(node -> node.revision() >= revision);
    }

    /** CPU time of the server's own thread. */
    private static long cpu() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.dumpAllThreads(false, false))
                .filter(thread -> thread.getThreadName().startsWith("laneway-xds"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
                .sum();
    }

    private static void report(String what, long[] nanos, long cpu) {
        Report.line(
                "xds fleet: %s reaches all: p50 %.1f ms, p99 %.1f ms (%d changes), %.2f ms of the server's thread"
                        + " each",
                what, percentile(nanos, 50), percentile(nanos, 99), nanos.length, cpu / 1e6 / nanos.length);
    }

    private void report(long most) {
        System.gc();
        Runtime machine = Runtime.getRuntime();
        Report.line(
                "xds fleet: %d lanes, %d services, %d sidecars: first state of a sidecar at most %d KiB, heap of at"
                        + " most %d MiB has %d MiB after collection, with all clients",
                LANES,
                SERVICES,
                NODES,
                most >> 10,
                machine.maxMemory() >> 20,
                (machine.totalMemory() - machine.freeMemory()) >> 20);
    }

    /** By the server's own histogram, in which slow clients are not. */
    private static void reportSends(XdsServer server) {
        Distribution times = server.distributions().get(0);
        long all = times.counts().stream().mapToLong(Long::longValue).sum();
        long below = 0;
        for (int i = 0; i < times.bounds().size(); i++) {
            below += times.counts().get(i);
            if (below * 100 >= all * 99) {
                Report.line(
                        "xds fleet: 99 of 100 responses are sent within %s s of the change, %.1f ms on average (%d)",
                        times.bounds().get(i), times.sum() * 1000 / all, all);
                return;
            }
        }
    }

    private static double percentile(long[] nanos, int percent) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)] / 1e6;
    }
}
