package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.Transport;
import io.laneway.gateway.runtime.names.Lookup;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.Polyglot;
import io.laneway.gateway.testkit.Polyglot.Kind;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.StreamPipe;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Timeouts;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/**
 * Clients of every protocol against endpoints of every kind with protocol {@code auto}, by names with dead addresses,
 * with and without a lane: each request is served in the lane that was asked for, and none is answered 5xx but calls of
 * gRPC to endpoints that speak HTTP/1.1 alone. Prints its seed and its figures. {@code -Dlaneway.mix=10m}, as {@code
 * -Psoak} has it, lasts longer; {@code -Dlaneway.seed=N}.
 */
class ProtocolMixIT {

    private static final Duration TIME = Durations.parse(System.getProperty("laneway.mix", "4s"));
    private static final long SEED =
            Long.getLong("laneway.seed", ThreadLocalRandom.current().nextLong());
    private static final int CALLERS = 4;
    private static final int SHOWN = 10;

    /** So many of each client there are however busy the machine is. */
    private static final int LEAST = 5;

    private static final TestTls TLS = TestTls.make();
    private static final String MIXED = "mixed";

    /** A handshake may take long on a busy machine. */
    private static final Policy PATIENT =
            Policies.with(new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(1), Duration.ofMinutes(5)));

    private static final String PING = "\0\0\0\0\2ok";

    /** How a client speaks. */
    private enum Client {
        HTTP1,
        H2C,
        H2,
        GRPC,
        WEBSOCKET,
        EXTENDED_CONNECT,
        UPGRADE
    }

    /** Where a request goes. */
    private record Target(String service, String lane, boolean http2, boolean upgrades) {
        String name() {
            return service + "-" + (lane.isEmpty() ? "master" : lane);
        }

        String lines() {
            return lane.isEmpty() ? "" : "trace-branch: " + lane + "\n";
        }
    }

    private final List<Polyglot> endpoints = new ArrayList<>();
    private final Map<Client, LongAdder> counts = new EnumMap<>(Client.class);
    private final Map<String, LongAdder> notServed = new ConcurrentHashMap<>();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    private static InetAddress ip(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every name has two addresses without a listener. */
    private static final Lookup NAMES =
            host -> CompletableFuture.completedFuture(List.of(ip("::1"), ip("127.0.0.2"), ip("127.0.0.1")));

    private static String service(Kind kind) {
        return "k-" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private LaneTable table() {
        List<Service> services = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            services.add(service(service(kind), kind));
        }
        services.add(service(MIXED, Kind.HTTP1_ONLY, Kind.BOTH, Kind.H2C_ONLY));
        Lane lane = new Lane("f-1", "master", LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE);
        return new LaneTable(1, "master", Carriers.DEFAULT, List.of(lane), services, List.of(), List.of());
    }

    private Service service(String name, Kind... kinds) {
        List<Deployment> deployments = new ArrayList<>();
        for (String lane : List.of("master", "f-1")) {
            List<Endpoint> at = new ArrayList<>();
            for (Kind kind : kinds) {
                Polyglot endpoint = Polyglot.speaking(kind, name + "-" + lane, TLS);
                endpoints.add(endpoint);
                at.add(Endpoint.at(name + "." + lane + ".internal:" + endpoint.port()));
            }
            UpstreamTls tls = kinds[0].secure()
                    ? new UpstreamTls(TLS.file("ca.pem").toString(), "a.test", null, null, true)
                    : null;
            deployments.add(
                    new Deployment(lane, Deployment.of(lane, Protocol.AUTO, at).ports(), tls));
        }
        return new Service(ServiceId.of(name), List.of(name + ".test"), null, deployments, PATIENT);
    }

    @Test
    void everyRequestIsServedInItsLaneWhateverBothSidesSpeak() throws InterruptedException {
        System.out.println("ProtocolMixIT -Dlaneway.seed=" + SEED);
        for (Client client : Client.values()) {
            counts.put(client, new LongAdder());
        }
        try (TestGateway gateway = TestGateway.over(
                table(),
                config -> TLS.addListener(TestGateway.with(config, 2, Transport.AUTO), "tls"),
                new TestGateway.Hands(System::nanoTime, () -> 0, NAMES))) {
            run(gateway);
        } finally {
            endpoints.forEach(Polyglot::close);
        }
        System.out.println("ProtocolMixIT requests " + counts + " calls to HTTP/1.1 alone " + notServed);
        assertThat(wrong.stream().limit(SHOWN)).isEmpty();
        assertThat(counts.values()).allSatisfy(count -> assertThat(count.sum()).isPositive());
    }

    private void run(TestGateway gateway) throws InterruptedException {
        for (String lane : List.of("", "f-1")) {
            http1(gateway, new Target(service(Kind.H2C_SILENT), lane, true, false), "GET");
        }
        long end = System.nanoTime() + TIME.toNanos();
        SplittableRandom chance = new SplittableRandom(SEED);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            SplittableRandom own = chance.split();
            Thread thread = new Thread(() -> {
                while (System.nanoTime() - end < 0 || !each(LEAST)) {
                    once(gateway, own);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private boolean each(int least) {
        return !wrong.isEmpty() || counts.values().stream().allMatch(count -> count.sum() >= least);
    }

    private static Target target(SplittableRandom chance) {
        String lane = chance.nextBoolean() ? "f-1" : "";
        int n = chance.nextInt(Kind.values().length + 1);
        if (n == Kind.values().length) {
            return new Target(MIXED, lane, true, true);
        }
        Kind kind = List.of(Kind.values()).get(n);
        return new Target(service(kind), lane, kind.speaksHttp2(), kind != Kind.H2C_SILENT);
    }

    private void once(TestGateway gateway, SplittableRandom chance) {
        Client client = Client.values()[chance.nextInt(Client.values().length)];
        Target to = target(chance);
        try {
            switch (client) {
                case HTTP1 -> http1(gateway, to, chance.nextBoolean() ? "GET" : "POST");
                case H2C -> http2(FrameSocket.client(gateway.port()), to);
                case H2 ->
                    http2(
                            FrameSocket.over(TLS.connect(gateway.port("tls"), "h2"))
                                    .begin(),
                            to);
                case GRPC -> grpc(gateway, to);
                case WEBSOCKET ->
                    upgrade(
                            gateway,
                            to,
                            "websocket\nSec-WebSocket-Version: 13\n" + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
                case EXTENDED_CONNECT -> extended(gateway, to);
                case UPGRADE -> upgrade(gateway, to, "foo");
            }
            counts.get(client).increment();
        } catch (RuntimeException | IOException e) {
            wrong.add(client + " to " + to + ": " + e);
        }
    }

    private void check(Object client, Target to, boolean right, Object response) {
        if (!right) {
            wrong.add(client + " to " + to + ": " + response);
        }
    }

    private static boolean inLane(Target to, String lane, String decision) {
        return to.lane().isEmpty()
                ? "master".equals(lane) && "base".equals(decision)
                : to.lane().equals(lane) && "lane".equals(decision);
    }

    private void http1(TestGateway gateway, Target to, String method) {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < 3; i++) {
                String body = method.equals("GET") ? "\n" : "Content-Length: 5\n\nhello";
                RawClient.Response response = client.send(
                                method + " / HTTP/1.1\nHost: " + to.service() + ".test\n" + to.lines() + body)
                        .response();
                boolean right = response.status() == 200
                        && response.body().startsWith(to.name() + " HTTP/")
                        && inLane(to, response.header("x-laneway-lane"), response.header("x-laneway-decision"));
                check(method, to, right, response);
            }
        }
    }

    private static String fields(String method, Target to) {
        return ":method: " + method + "\n:scheme: http\n:path: /\n:authority: " + to.service() + ".test\n" + to.lines();
    }

    private void http2(FrameSocket opened, Target to) {
        try (FrameSocket client = opened) {
            for (int stream = 1; stream < 8; stream += 2) {
                client.headers(stream, true, fields("GET", to));
                FrameSocket.Response response = client.response(stream);
                boolean right = response.status() == 200
                        && response.body().startsWith(to.name() + " HTTP/")
                        && inLane(to, response.field("x-laneway-lane"), response.field("x-laneway-decision"));
                check("HTTP/2", to, right, response);
            }
        }
    }

    private void grpc(TestGateway gateway, Target to) {
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, fields("POST", to) + "content-type: application/grpc\nte: trailers\n");
            client.data(1, true, PING);
            FrameSocket.Response response = client.response(1);
            boolean right = inLane(to, response.field("x-laneway-lane"), response.field("x-laneway-decision"));
            if (to.http2()) {
                right &= "0".equals(response.trailer("grpc-status"))
                        && to.name().equals(response.trailer("x-name"))
                        && response.body().equals(PING);
            } else {
                right &= "14".equals(response.field("grpc-status"))
                        && response.field("grpc-message").startsWith("upstream does not");
                notServed
                        .computeIfAbsent(response.field("grpc-message"), key -> new LongAdder())
                        .increment();
            }
            check("gRPC", to, right, response);
        }
    }

    private void upgrade(TestGateway gateway, Target to, String protocol) {
        if (!to.upgrades()) {
            return;
        }
        try (RawClient client = gateway.client()) {
            RawClient.Response response = client.send("GET / HTTP/1.1\nHost: " + to.service()
                            + ".test\nConnection: Upgrade\nUpgrade: " + protocol + "\n" + to.lines() + "\n")
                    .response(true);
            boolean right = response.status() == 101 && to.name().equals(response.header("x-name"));
            check("upgrade", to, right, response);
            if (right) {
                String echo =
                        client.send("hello".getBytes(StandardCharsets.US_ASCII)).read(5);
                check("upgrade", to, echo.equals("hello"), echo);
            }
        }
    }

    private void extended(TestGateway gateway, Target to) throws IOException {
        if (!to.upgrades()) {
            return;
        }
        String fields = fields("CONNECT", to) + ":protocol: websocket\nsec-websocket-version: 13\n";
        try (FrameSocket socket = FrameSocket.client(gateway.port());
                StreamPipe pipe = StreamPipe.open(socket, 1, pseudoFirst(fields))) {
            boolean right =
                    pipe.head().startsWith(":status: 200") && pipe.head().contains("x-name: " + to.name() + "\n");
            check("extended CONNECT", to, right, pipe.head());
            if (right) {
                pipe.out().write("hello".getBytes(StandardCharsets.US_ASCII));
                String echo = new String(pipe.in().readNBytes(5), StandardCharsets.US_ASCII);
                check("extended CONNECT", to, echo.equals("hello"), echo);
            }
        }
    }

    /** Pseudo-header fields come first (RFC 9113 section 8.3). */
    private static String pseudoFirst(String fields) {
        StringBuilder first = new StringBuilder();
        StringBuilder rest = new StringBuilder();
        for (String line : fields.split("\n")) {
            (line.startsWith(":") ? first : rest).append(line).append('\n');
        }
        return first.append(rest).toString();
    }
}
