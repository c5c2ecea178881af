package io.laneway.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Twenty real gateways keep the quotas of tenants together, with a server, and about without one. */
class TwentyGatewaysIT {

    private static final int GATEWAYS = 20;
    private static final int TENANTS = 3;
    private static final int RATE = 50;
    private static final int BURST = 20;
    private static final double HOLD = 0.1;
    private static final Duration WINDOW = Duration.ofMillis(Integer.getInteger("laneway.fleet.millis", 1_000));
    private static final Duration LONG = Duration.ofSeconds(60);

    private static final String TABLE = """
        services:
          - name: api
            policy: {rate: {requests: 50, per: 1s, burst: 20, key: "header:x-key", scope: fleet}}
            deployments: [{lane: master, endpoints: ["127.0.0.1:PORT"]}]
        """;

    private static final String GATEWAY = """
        listeners: [{name: api, address: "127.0.0.1:0", trust: external, service: api}]
        admin: {address: "127.0.0.1:0"}
        threads: 1
        accessLog: off
        table: {file: lanes.yaml}
        rates: {redis: ["URL"], timeout: 1s}
        """;

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private final List<Gateway> gateways = new ArrayList<>();
    private final AtomicLongArray asked = new AtomicLongArray(TENANTS);
    private final AtomicLongArray passed = new AtomicLongArray(TENANTS);
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private volatile boolean ended;
    private HttpServer upstream;
    private RedisProcess redis;

    @BeforeAll
    static void needsAServer() {
        RedisProcess.assumeInstalled();
    }

    @BeforeEach
    void start() throws IOException {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        upstream.start();
        redis = new RedisProcess(directory);
        Files.writeString(
                directory.resolve("lanes.yaml"),
                TABLE.replace("PORT", Integer.toString(upstream.getAddress().getPort())));
        byte[] config = GATEWAY.replace("URL", redis.url()).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(Gateway.start(
                    ConfigReader.read(config, directory.resolve("laneway.yaml"), Map.of())
                            .orThrow(),
                    GatewayEnvironment.system("test")));
        }
    }

    @AfterEach
    void stop() {
        ended = true;
        clients.shutdownNow();
        gateways.parallelStream().forEach(Gateway::close);
        redis.close();
        upstream.stop(0);
    }

    /** Asks the gateways one after the other for one tenant, always more than passes. */
    private void drive(int tenant) {
        for (int i = 0; !ended; i++) {
            Gateway to = gateways.get(i % GATEWAYS);
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + to.port("api") + "/"))
                    .header("x-key", "tenant-" + tenant)
                    .build();
            try {
                if (HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    passed.incrementAndGet(tenant);
                }
                asked.incrementAndGet(tenant);
            } catch (IOException e) {
                assertThat(ended).as("%s", e).isTrue();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Once each gateway knows of all. */
    private void drive() {
        await().atMost(LONG).until(() -> sum("laneway_rate_store_gateways") == GATEWAYS * GATEWAYS);
        for (int i = 0; i < TENANTS; i++) {
            int tenant = i;
            clients.execute(() -> drive(tenant));
        }
    }

    private double sum(String metric) {
        double sum = 0;
        for (Gateway each : gateways) {
            sum += metrics(each)
                    .lines()
                    .filter(line -> line.startsWith(metric + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(metric.length() + 1)))
                    .sum();
        }
        return sum;
    }

    private static String metrics(Gateway gateway) {
        try {
            URI uri = URI.create("http://127.0.0.1:" + gateway.adminPort() + "/metrics");
            return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What each tenant got through in a while, with how long that was; of what it asked for, on a machine that is busy. */
    private void keepsTheRate(double least, double more) {
        long start = System.nanoTime();
        long[] before = values(passed);
        long[] askedBefore = values(asked);
        await().pollDelay(WINDOW).atMost(LONG).until(() -> allAsked(askedBefore));
        for (int i = 0; i < TENANTS; i++) {
            double wanted = asked.get(i) - askedBefore[i];
            double through = passed.get(i) - before[i];
            double seconds = (System.nanoTime() - start) / 1e9;
            // one response may have been on its way
            assertThat(through)
                    .as("tenant %d in %.2f s, of %.0f requests", i, seconds, wanted)
                    .isBetween(
                            Math.min(RATE * seconds, wanted) * least - 1, RATE * (seconds + HOLD) + BURST + more + 1);
        }
    }

    private boolean allAsked(long[] before) {
        boolean all = true;
        for (int i = 0; i < TENANTS; i++) {
            all &= asked.get(i) - before[i] >= RATE;
        }
        return all;
    }

    private static long[] values(AtomicLongArray of) {
        long[] values = new long[TENANTS];
        for (int i = 0; i < TENANTS; i++) {
            values[i] = of.get(i);
        }
        return values;
    }

    @Test
    void quotasOfTenantsHoldOverTwentyGateways() throws Exception {
        drive();
        keepsTheRate(0.8, 0);
        assertThat(sum("laneway_rate_store_alone_total")).isZero();

        redis.kill();
        await().atMost(LONG).until(() -> sum("laneway_rate_store_up") == 0);
        assertThat(sum("laneway_rate_store_alone_total")).isPositive();
        keepsTheRate(0.3, BURST + GATEWAYS);

        redis.restart();
        await().atMost(LONG).until(() -> sum("laneway_rate_store_up") == GATEWAYS);
    }

    /** The long form alone: a server that neither responds nor closes is away after its timeout. */
    @Test
    @EnabledIfSystemProperty(named = "laneway.fleet.hangs", matches = "true")
    void quotasHoldOverARestartAndWhileTheServerHangs() throws Exception {
        drive();
        redis.kill();
        await().atMost(LONG).until(() -> sum("laneway_rate_store_up") == 0);
        redis.restart();
        await().atMost(LONG).until(() -> sum("laneway_rate_store_up") == GATEWAYS);
        keepsTheRate(0.8, BURST + GATEWAYS);
        redis.signal("STOP");
        await().atMost(LONG).until(() -> sum("laneway_rate_store_up") == 0);
        keepsTheRate(0.3, BURST + GATEWAYS);
        redis.signal("CONT");
        await().atMost(LONG).until(() -> sum("laneway_rate_store_up") == GATEWAYS);
        keepsTheRate(0.8, BURST + GATEWAYS);
    }
}
