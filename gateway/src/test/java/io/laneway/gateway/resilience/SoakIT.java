package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.config.Transport;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.Protocol;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Mixed load while faults come and go at random. Every request is answered, or cut by the caller itself, or by the fault
 * that an endpoint was told to have amid its answer; afterwards nothing is open and no buffer is lost. Prints its seed
 * and its figures. {@code -Dlaneway.soak=20m}, {@code -Dlaneway.seed=N}.
 */
class SoakIT {

    private static final Duration TIME = time(System.getProperty("laneway.soak", "15s"));
    private static final long SEED =
            Long.getLong("laneway.seed", ThreadLocalRandom.current().nextLong());
    private static final int SILENCE_MS = 400;

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
            for (Upstream.Request request = conversation.read(); request != null; request = conversation.read()) {
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

    /** A caller that goes away before its answer has come. */
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

    private static boolean answered(RawClient.Answer answer) {
        return answer.status() == 200 || answer.status() == 502 || answer.status() == 503 || answer.status() == 504;
    }

    private static void faults(TestGateway gateway, List<Faulty> endpoints) {
        SplittableRandom random = new SplittableRandom(SEED);
        long end = System.nanoTime() + TIME.toNanos();
        for (int revision = 2; System.nanoTime() < end; revision++) {
            Faulty any = endpoints.get(random.nextInt(endpoints.size()));
            any.fault = Fault.values()[random.nextInt(Fault.values().length)];
            if (random.nextInt(4) == 0) {
                gateway.table(table(revision, endpoints.subList(0, 1 + random.nextInt(endpoints.size()))));
            }
            gateway.forget();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50, 400)));
        }
    }

    @Test
    void countsAddUpAndNothingIsLeftAfterRandomFaults() throws Exception {
        System.out.println("soak: seed " + SEED + ", " + TIME);
        List<Faulty> endpoints = List.of(new Faulty(), new Faulty(), new Faulty());
        List<Load> loads = new ArrayList<>();
        try (TestGateway gateway =
                TestGateway.over(table(1, endpoints), config -> TestGateway.with(config, 2, Transport.AUTO))) {
            int port = gateway.port();
            loads.add(new Load(port, 2, Load.GET, SoakIT::answered));
            loads.add(new Load(port, 1, "GET /large HTTP/1.1\nHost: a.test\nConnection: close\n\n", SoakIT::answered));
            loads.add(new Load(port, 1, "POST / HTTP/1.1\nHost: a.test\nContent-Length: 5\n\nhello", SoakIT::answered));
            Load impatient = new Load(1, () -> new Impatient(port));
            try {
                faults(gateway, endpoints);
            } finally {
                loads.forEach(Load::close);
                impatient.close();
            }
            int sent = loads.stream().mapToInt(each -> each.sent.get()).sum();
            int cut = loads.stream().mapToInt(each -> each.failed.get()).sum();
            int broken = endpoints.stream().mapToInt(each -> each.broken.get()).sum();
            System.out.println("soak: sent " + sent + ", answered " + (sent - cut) + ", cut amid an answer " + cut
                    + " (endpoints broke off " + broken + "), gone before their answer " + impatient.sent);
            assertThat(cut)
                    .as("%s", loads.stream().map(each -> each.failures).toList())
                    .isLessThanOrEqualTo(broken);
            assertThat(impatient.failed.get()).isZero();
            await().untilAsserted(() -> assertThat(gateway.plane().open()).isZero());
        } catch (UncheckedIOException e) {
            throw new AssertionError("seed " + SEED, e);
        } finally {
            endpoints.forEach(Faulty::close);
        }
    }
}
