package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.telemetry.metrics.LostLanes;
import io.laneway.gateway.telemetry.metrics.RecentLosses;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real applications that drop the lane and pass a trace on: their calls stay in the lane, and it is known who dropped it. */
class LostLanesIT {

    private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACE = "traceparent: 00-" + ID + "-00f067aa0ba902b7-01\n";

    private static String lane(Upstream.Request request) {
        return request.header("trace-branch") + " " + request.header("x-laneway-assigned");
    }

    private static Upstream last() {
        return Upstream.responding(request -> {
            String lane = lane(request);
            return "HTTP/1.1 200 OK\nContent-Length: " + lane.length() + "\n\n" + lane;
        });
    }

    /** The JDK's own server and client, which pass on the headers of these names. */
    private static final class Jdk implements AutoCloseable {
        private final HttpServer server;
        private final AtomicInteger out = new AtomicInteger();

        Jdk(List<String> names) throws IOException {
            HttpClient client = HttpClient.newHttpClient();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                HttpRequest.Builder call = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + out + "/c"));
                for (String name : names) {
                    String value = exchange.getRequestHeaders().getFirst(name);
                    if (value != null) {
                        call.header(name, value);
                    }
                }
                try {
                    byte[] answer = client.send(call.build(), BodyHandlers.ofByteArray())
                            .body();
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        /** Where its calls go, which is not known before it has a port. */
        void calls(int port) {
            out.set(port);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "f-1, traceparent",
        "f-1, b3",
        "f-1, x-b3-traceid",
        "f-1, sw8",
        "f-1, uber-trace-id",
        "f-1, x-request-id",
    })
    void anApplicationThatPassesOneIdOnStaysInTheLane(String lane, String name) throws Exception {
        String ids = TRACE + "b3: " + ID + "-00f067aa0ba902b7-1\nx-b3-traceid: " + ID
                + "\nsw8: 1-VFJBQ0U=-c2Vn-0-YQ==\n" + "uber-trace-id: " + ID + ":1:0:1\nx-request-id: r-1\n";
        try (Upstream c = last();
                Jdk b = new Jdk(List.of(name));
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            b.calls(sidecar.out());

            assertThat(ask(sidecar, "trace-branch: " + lane + "\n" + ids)).isEqualTo("f-1 null");
            assertThat(sidecar.counts().lost()).isEqualTo(1);
            assertThat(sidecar.counts().restored()).isEqualTo(1);
            assertThat(sidecar.contexts().conflicts()).isZero();
        }
    }

    @Test
    void theApplicationThatCarriesItIsNotBlamed() throws Exception {
        try (Upstream c = last();
                Jdk b = new Jdk(List.of("trace-branch", "traceparent"));
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            b.calls(sidecar.out());

            assertThat(ask(sidecar, "trace-branch: f-1\n" + TRACE)).isEqualTo("f-1 null");
            assertThat(sidecar.counts().lost()).isZero();
        }
    }

    @Test
    void whatATenantWasAssignedKeepsItsReason() throws Exception {
        try (Upstream c = last();
                Jdk b = new Jdk(List.of("traceparent"));
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            b.calls(sidecar.out());

            assertThat(ask(sidecar, "trace-branch: G0\nx-laneway-assigned: pinned\n" + TRACE))
                    .isEqualTo("G0 pinned");
        }
    }

    @Test
    void withoutALaneOrWithTwoNoCallGetsOne() throws Exception {
        try (Upstream c = last();
                Jdk b = new Jdk(List.of("traceparent"));
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            b.calls(sidecar.out());

            assertThat(ask(sidecar, TRACE)).isEqualTo("null null");
            assertThat(ask(sidecar, "trace-branch: f-1\n" + TRACE))
                    .as("the id was seen without a lane before")
                    .isEqualTo("null null");
            assertThat(sidecar.contexts().conflicts()).isEqualTo(1);
            assertThat(sidecar.counts().conflicting()).isEqualTo(1);
            assertThat(sidecar.counts().lost()).isZero();
        }
    }

    @Test
    void withoutAnyIdItIsSaidThatItCannotBeTold() throws Exception {
        try (Upstream c = last();
                Jdk b = new Jdk(List.of());
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            b.calls(sidecar.out());
            assertThat(ask(sidecar, "trace-branch: f-1\n" + TRACE)).isEqualTo("null null");

            assertThat(sidecar.counts().untraced()).isEqualTo(1);
            assertThat(sidecar.counts().lost()).isZero();
        }
    }

    @Test
    void aCallThatTheApplicationMakesOfItsOwnGetsNoLane() {
        try (Upstream c = last();
                Upstream b = Upstream.saying("b");
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            ask(sidecar, "trace-branch: f-1\n" + TRACE);
            try (RawClient application = RawClient.to(sidecar.out())) {
                assertThat(application
                                .get("/c", "traceparent: 00-aaf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n")
                                .body())
                        .isEqualTo("null null");
                assertThat(application.get("/c", TRACE + "trace-branch: f-2\n").body())
                        .as("its own marker goes first")
                        .isEqualTo("f-2 null");
                assertThat(application.get("/c", TRACE).body()).isEqualTo("f-1 null");
            }
        }
    }

    @Test
    void aServiceIsReportedForAnHourAfterItLostOne() throws Exception {
        try (Upstream c = last();
                Jdk b = new Jdk(List.of("traceparent"));
                Sidecar sidecar = Sidecar.of("b", b.port(), "c", c.port())) {
            b.calls(sidecar.out());
            AtomicLong now = new AtomicLong();
            RecentLosses losses = new RecentLosses(sidecar.contexts(), now::get);
            assertThat(losses.list()).isEmpty();

            ask(sidecar, "trace-branch: f-1\n" + TRACE);
            assertThat(losses.list()).containsExactly(new LostLanes("b", 1, 1, 0));
            now.addAndGet(TimeUnit.MINUTES.toNanos(61));
            assertThat(losses.list()).isEmpty();
            ask(sidecar, "trace-branch: f-1\n" + TRACE);
            assertThat(losses.list()).containsExactly(new LostLanes("b", 2, 2, 0));
        }
    }

    private static String ask(Sidecar sidecar, String headers) {
        try (RawClient client = RawClient.to(sidecar.in())) {
            return client.get("/", headers).body();
        }
    }
}
