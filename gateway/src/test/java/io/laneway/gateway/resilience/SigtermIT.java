package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load: clients behind a load balancer that asks {@code /readyz} lose no request. Prints its figures. */
class SigtermIT {

    private static final String DRAIN = "drain: {delay: 2s}\ntimeouts: {drain: 20s}";

    @TempDir
    Path dir;

    /** Asks each gateway now and then whether it is ready, and gives clients the next that was. */
    private static final class LoadBalancer implements AutoCloseable {
        private final List<GatewayChild> gateways;
        private final AtomicInteger next = new AtomicInteger();
        private final Thread thread = new Thread(this::look, "load-balancer");
        private volatile List<GatewayChild> ready;

        LoadBalancer(List<GatewayChild> gateways) {
            this.gateways = gateways;
            this.ready = gateways;
            thread.start();
        }

        private void look() {
            while (!Thread.currentThread().isInterrupted()) {
                List<GatewayChild> now =
                        gateways.stream().filter(GatewayChild::ready).toList();
                ready = now.isEmpty() ? ready : now;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }

        int port() {
            List<GatewayChild> now = ready;
            return now.get(Math.floorMod(next.getAndIncrement(), now.size())).port();
        }

        @Override
        public void close() {
            thread.interrupt();
        }
    }

    private GatewayChild gateway(String name, Upstream upstream) throws Exception {
        Path own = Files.createDirectory(dir.resolve(name));
        return GatewayChild.start(GatewayChild.config(own, "127.0.0.1:0", DRAIN, upstream.port()));
    }

    @Test
    void noRequestFailsWhenAGatewayIsToldToEnd() throws Exception {
        Gate gate = new Gate();
        gate.shut();
        try (Upstream upstream = Upstream.responding(request -> {
                    if (request.head().contains("/slow")) {
                        return gate.pass(request);
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
                    return Gate.OK;
                });
                GatewayChild stays = gateway("stays", upstream);
                GatewayChild goes = gateway("goes", upstream);
                LoadBalancer balancer = new LoadBalancer(List.of(stays, goes));
                RawClient slow = RawClient.to(goes.port());
                RawClient idle = RawClient.to(goes.port())) {
            idle.get("/");
            Load http1 =
                    new Load(6, () -> new Line.Http1(balancer.port(), Load.GET, response -> response.status() == 200));
            Load http2 = new Load(3, () -> new Line.Http2(balancer.port()));
            try (http1;
                    http2) {
                http1.more(300);
                http2.more(150);
                slow.send("GET /slow HTTP/1.1\nHost: a.test\n\n");
                await().until(() -> gate.inside() == 1);
                goes.terminate();
                await().until(() -> !goes.ready());
                assertThat(idle.get("/").status())
                        .as("on a connection that was idle")
                        .isEqualTo(200);
                gate.open();
                assertThat(slow.response().status()).as("under way").isEqualTo(200);
                assertThat(goes.endsWithin(30)).isTrue();
                http1.more(100);
                http2.more(50);
            }
            System.out.println("SIGTERM: HTTP/1.1 sent " + http1.sent + ", failed " + http1.failed + " "
                    + http1.failures + "; HTTP/2 sent " + http2.sent + ", failed " + http2.failed + " "
                    + http2.failures);
            assertThat(http1.failed.get() + http2.failed.get()).isZero();
        }
    }
}
