package io.laneway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several real gateways keep one rate together, whichever of them come and go, and without the control API too. */
class FleetRateIT {

    private static final int RATE = 50;
    private static final int BURST = 10;
    private static final Duration LONG = Duration.ofSeconds(90);

    /** Between reports, and how long is counted: a short form, and the long one with {@code -Psoak}. */
    private static final String REPORTS = System.getProperty("laneway.fleet.reports", "250ms");

    private static final Duration WINDOW = Duration.ofSeconds(Integer.getInteger("laneway.fleet.window", 1));

    private static final String TABLE = """
        services:
          - name: api
            policy: {rate: {requests: 50, per: 1s, burst: 10, key: "header:x-key", scope: fleet}}
            deployments: [{lane: master, endpoints: ["UPSTREAM"]}]
        """;

    private static final String GATEWAY = """
        id: ID
        listeners: [{name: api, address: "127.0.0.1:0", trust: external, service: api}]
        admin: {address: "127.0.0.1:0"}
        accessLog: off
        table: {control: "CONTROL", reports: REPORTS}
        """;

    /** A gateway that always has more requests than it may let through. */
    private final class Busy implements AutoCloseable {
        private final Gateway gateway;
        private final AtomicLong passed = new AtomicLong();
        private final ExecutorService client = Executors.newSingleThreadExecutor();
        private volatile boolean ended;

        Busy(String id) {
            byte[] config = GATEWAY.replace("ID", id)
                    .replace("CONTROL", url)
                    .replace("REPORTS", REPORTS)
                    .getBytes(StandardCharsets.UTF_8);
            gateway = Gateway.start(
                    ConfigReader.read(config, directory.resolve(id + ".yaml"), Map.of())
                            .orThrow(),
                    GatewayEnvironment.system("test"));
            client.execute(this::drive);
        }

        private void drive() {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port("api") + "/"))
                    .header("x-key", "tenant")
                    .build();
            while (!ended) {
                try {
                    if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                        passed.incrementAndGet();
                    }
                } catch (IOException e) {
                    assertThat(ended).as("%s", e).isTrue();
                } catch (InterruptedException e) {
                    return;
                }
            }
        }

        double share() {
            String text = get("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
            return text.lines()
                    .filter(line -> line.startsWith("laneway_rate_share{service=\"api\"}"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .findFirst()
                    .orElse(Double.NaN);
        }

        @Override
        public void close() {
            ended = true;
            client.shutdownNow();
            gateway.close();
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final List<Busy> gateways = new ArrayList<>();
    private ControlApi api;
    private String url = "";
    private boolean away;

    @BeforeEach
    void start() throws IOException {
        HttpServer upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        upstream.start();
        open.push(() -> upstream.stop(0));
        api = ControlApi.start(
                ControlConfig.in(directory, 0).with(new ControlConfig.Bounds(Duration.ofSeconds(1), 0, null)));
        url = api.url();
        String table =
                TABLE.replace("UPSTREAM", "127.0.0.1:" + upstream.getAddress().getPort());
        new ControlClient(URI.create(url), null).call("PUT", "/v1/table", table, null);
    }

    @AfterEach
    void stop() throws Exception {
        for (Busy each : gateways) {
            each.close();
        }
        if (!away) {
            api.close();
        }
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    private static String get(String uri) {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Busy join(String id) {
        Busy busy = new Busy(id);
        gateways.add(busy);
        return busy;
    }

    private double shares() {
        return gateways.stream().mapToDouble(Busy::share).sum();
    }

    /** What all let through in a while, a second on the average. */
    private void keepTheRate() {
        long before = gateways.stream().mapToLong(each -> each.passed.get()).sum();
        long start = System.nanoTime();
        await().pollDelay(WINDOW).atMost(LONG).until(() -> true);
        long passed = gateways.stream().mapToLong(each -> each.passed.get()).sum() - before;
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat((double) passed).isBetween(RATE * seconds * 0.5, RATE * seconds * 1.2 + BURST + gateways.size());
    }

    private void settles(int serving) {
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(gateways).allSatisfy(each -> assertThat(each.share()).isBetween(0.15 / serving, 0.99));
            assertThat(shares()).isBetween(0.9, 1.1);
        });
    }

    @Test
    void severalGatewaysKeepOneRateWhicheverComeAndGo() {
        join("a");
        join("b");
        join("c");
        settles(3);
        keepTheRate();

        gateways.remove(2).close();
        settles(2);
        keepTheRate();

        Busy late = join("d");
        await().atMost(LONG).until(() -> late.share() < 1);
        settles(3);

        api.close();
        away = true;
        List<Double> shares = gateways.stream().map(Busy::share).toList();
        keepTheRate();
        assertThat(gateways.stream().map(Busy::share).toList())
                .as("without the control API")
                .isEqualTo(shares);
    }
}
