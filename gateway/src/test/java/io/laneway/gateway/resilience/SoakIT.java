package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Mixed load while faults come and go at random. Every request is answered, or cut by the client itself, or by the
 * fault that an endpoint was told to have amid its response; afterwards nothing is open and no buffer is lost. Prints
 * its seed and its figures. {@code -Dlaneway.soak=20m}, as {@code -Psoak} has it, lasts longer; {@code
 * -Dlaneway.seed=N}.
 */
class SoakIT {

    private static final Duration TIME = time(System.getProperty("laneway.soak", "6s"));
    private static final long SEED =
            Long.getLong("laneway.seed", ThreadLocalRandom.current().nextLong());
    private static final int SILENCE_MS = 400;
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final Set<String> STATUSES = Set.of("200", "502", "503", "504");
    private static final String LARGE = FrameSocket.GET.replace(":path: /", ":path: /large");

    /** What an endpoint does wrong now. */
    private enum Fault {
        NONE,
        ANSWERS_503,
        SLOW,
        RESETS,
        BREAKS_OFF
    }

    /** An endpoint whose fault can be changed while it runs. */
    private static final class Faulty implements AutoCloseable {
        private volatile Fault fault = Fault.NONE;
        private final AtomicInteger broken = new AtomicInteger();
        private final Upstream upstream = Upstream.scripted(conversation -> {
            for (Upstream.Request request = conversation.pass(); request != null; request = conversation.pass()) {
                Fault now = fault;
                if (now == Fault.RESETS) {
                    return;
                }
                if (now == Fault.SLOW) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SILENCE_MS));
                }
                String body = "x".repeat(request.head().contains("/large") ? 60_000 : 20);
                String status = now == Fault.ANSWERS_503 ? "503 Unavailable" : "200 OK";
                int announced = body.length() + (now == Fault.BREAKS_OFF ? 10 : 0);
                conversation.send("HTTP/1.1 " + status + "\nContent-Length: " + announced + "\n\n" + body);
                if (now == Fault.BREAKS_OFF) {
                    broken.incrementAndGet();
                    return;
                }
            }
        });

        @Override
        public void close() {
            upstream.close();
        }
    }

    private static Duration time(String text) {
        return Duration.parse("PT" + text);
    }

    private static LaneTable table(int revision, List<Faulty> endpoints) {
        int[] ports = endpoints.stream().mapToInt(each -> each.upstream.port()).toArray();
        return new Tables()
                .protocol(Protocol.HTTP1)
                .revision(revision)
                .service("a", "master", ports)
                .build();
    }

    /** A client that goes away before its response has come. */
    private static final class Impatient implements Line {
        private final RawClient client;

        Impatient(int port) {
            client = RawClient.to(port);
        }

        @Override
        public String ask() {
            client.send("GET /large HTTP/1.1\nHost: a.test\n\n");
            return null;
        }

        @Override
        public boolean over() {
            return true;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    /** A client that takes its request back on a connection that it keeps. */
    private static final class Fickle implements Line {
        private static final int CANCEL = 8;
        private static final int LAST = 199;
        private final FrameSocket client;
        private int stream = -1;

        Fickle(int port) {
            client = FrameSocket.client(port);
        }

        @Override
        public String ask() {
            stream += 2;
            client.headers(stream, true, LARGE).reset(stream, CANCEL);
            return null;
        }

        @Override
        public boolean over() {
            return stream >= LAST;
        }

        @Override
        public void close() {
            client.close();
        }
    }

    private static boolean answered(String status) {
        return STATUSES.contains(status);
    }

    private static boolean answered(RawClient.Response response) {
        return answered(String.valueOf(response.status()));
    }

    private static List<Load> clients(int port) {
        Predicate<RawClient.Response> answered = SoakIT::answered;
        String large = "GET /large HTTP/1.1\nHost: a.test\nConnection: close\n\n";
        String post = "POST / HTTP/1.1\nHost: a.test\nContent-Length: 5\n\nhello";
        String chunked = "POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n5\nhello\n0\n\n";
        return List.of(
                new Load(port, 2, Load.GET, answered),
                new Load(port, 1, large, answered),
                new Load(port, 1, post, answered),
                new Load(port, 1, chunked, answered),
                new Load(1, () -> new Line.Http2(port, FrameSocket.GET, SoakIT::answered)),
                new Load(1, () -> new Line.Http2(port, LARGE, SoakIT::answered)));
    }

    private static void faults(TestGateway gateway, List<Faulty> endpoints) {
        SplittableRandom random = new SplittableRandom(SEED);
        long begin = System.nanoTime();
        long end = begin + TIME.toNanos();
        long told = begin;
        for (int revision = 2; System.nanoTime() < end; revision++) {
            Faulty any = endpoints.get(random.nextInt(endpoints.size()));
            any.fault = Fault.values()[random.nextInt(Fault.values().length)];
            if (random.nextInt(4) == 0) {
                gateway.table(table(revision, endpoints.subList(0, 1 + random.nextInt(endpoints.size()))));
            }
            gateway.forget();
            if (System.nanoTime() - told > MINUTE) {
                told = System.nanoTime();
                TestGateway.noneLost();
                System.out.println(
                        "soak: " + (told - begin) / MINUTE + " min, finished " + gateway.finished() + ", heap "
                                + used() + " KB, threads " + Thread.activeCount() + ", connections from callers "
                                + gateway.plane().open());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50, 400)));
        }
    }

    /** Those of gateways. */
    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("laneway-"))
                .collect(Collectors.toSet());
    }

    private static long used() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 10;
    }

    private static <T> long sum(List<T> all, ToIntFunction<T> each) {
        return all.stream().mapToInt(each).sum();
    }

    @Test
    void countsAddUpAndNothingIsLeftAfterRandomFaults() throws Exception {
        System.out.println("soak: seed " + SEED + ", " + TIME);
        List<Faulty> endpoints = List.of(new Faulty(), new Faulty(), new Faulty());
        Set<String> threads = threads();
        try {
            try (TestGateway gateway =
                    TestGateway.over(table(1, endpoints), config -> TestGateway.with(config, 2, Transport.AUTO))) {
                counts(gateway, endpoints);
                if (SEED % 2 == 0) {
                    // half of the runs: what the table does not have any more loses its connections, too
                    gateway.table(table(Integer.MAX_VALUE, List.of()));
                    noneOpen(endpoints);
                }
            }
            noneOpen(endpoints);
            await().atMost(MOMENT).untilAsserted(() -> assertThat(threads()).isSubsetOf(threads));
            TestGateway.noneLost();
        } catch (UncheckedIOException e) {
            throw new AssertionError("seed " + SEED, e);
        } finally {
            endpoints.forEach(Faulty::close);
        }
    }

    private static void noneOpen(List<Faulty> endpoints) {
        await().atMost(MOMENT)
                .untilAsserted(() -> assertThat(sum(endpoints, each -> each.upstream.open()))
                        .as("connections to endpoints")
                        .isZero());
    }

    private static void counts(TestGateway gateway, List<Faulty> endpoints) {
        int port = gateway.port();
        List<Load> steady = clients(port);
        List<Load> leaving = List.of(new Load(1, () -> new Impatient(port)), new Load(1, () -> new Fickle(port)));
        try {
            faults(gateway, endpoints);
        } finally {
            steady.forEach(Load::close);
            leaving.forEach(Load::close);
        }
        long sent = sum(steady, each -> each.sent.get());
        long cut = sum(steady, each -> each.failed.get());
        long left = sum(leaving, each -> each.sent.get());
        long broken = sum(endpoints, each -> each.broken.get());
        System.out.println("soak: sent " + sent + ", answered " + (sent - cut) + ", cut amid an answer " + cut
                + " (endpoints broke off " + broken + "), gone before their answer " + left);
        assertThat(cut)
                .as(
                        "seed %s: %s",
                        SEED, steady.stream().map(each -> each.failures).toList())
                .isLessThanOrEqualTo(broken);
        assertThat(sum(leaving, each -> each.failed.get())).as("seed %s", SEED).isZero();
        await().atMost(MOMENT).untilAsserted(() -> {
            assertThat(gateway.plane().open()).isZero();
            assertThat(gateway.sum(stats -> stats.activeRequests.get())).isZero();
            // of those who leave at once, the gateway need not have seen all
            assertThat(gateway.finished()).isBetween(sent, sent + left);
        });
    }
}
