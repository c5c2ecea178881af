package io.laneway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sidecar that follows only what it calls, and decides as one that follows everything. */
class InterestIT {

    private static final Logger log = LoggerFactory.getLogger(InterestIT.class);
    private static final int SERVICES = 40;

    private static final String GATEWAY = """
        id: sidecar
        listeners: [{name: outbound, address: "127.0.0.1:0", trust: internal, unknownHost: refuse}]
        admin: {address: "127.0.0.1:0"}
        accessLog: off
        data: DATA
        table: {control: "CONTROL", services: SERVICES}
        """;

    @TempDir
    Path directory;

    private final HttpClient plain = HttpClient.newHttpClient();
    private HttpServer upstream;
    private ControlApi control;
    private Gateway gateway;
    private HttpClient proxied;

    /** The upstream of these tests would hold its responses back for 40 ms. */
    @BeforeAll
    static void noDelay() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    @BeforeEach
    void start() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        upstream.start();
        control = ControlApi.start(ControlConfig.in(directory.resolve("control"), 0));
        List<String> services = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            services.add("{\"name\":\"s-" + i + "\",\"hosts\":[\"s-" + i + ".test\"],\"deployments\":[" + at("master")
                    + (i % 2 == 0 ? "," + at("own") + "," + at("leaf") : "") + "]}");
        }
        put(
                "/v1/table",
                "{\"lanes\":[{\"name\":\"own\"},{\"name\":\"plain\"},{\"name\":\"leaf\"},{\"name\":\"child\",\"parent\":\"own\"},"
                        + "{\"name\":\"hard\",\"mode\":\"strict\"}],\"services\":[" + String.join(",", services)
                        + "]}");
    }

    private String at(String lane) {
        return "{\"lane\":\"" + lane + "\",\"endpoints\":[\"127.0.0.1:"
                + upstream.getAddress().getPort() + "\"]}";
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (control != null) {
            control.close();
        }
        upstream.stop(0);
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(control.url() + path))
                .header("content-type", "application/json")
                .PUT(BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = plain.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as("%s", response.body()).isIn(200, 201);
    }

    private void open(String url, String services) {
        byte[] config = GATEWAY.replace("CONTROL", url)
                .replace("SERVICES", services)
                .replace("DATA", directory.resolve("data").toString())
                .getBytes(StandardCharsets.UTF_8);
        gateway = Gateway.start(
                ConfigReader.read(config, directory.resolve("gateway.yaml"), Map.of())
                        .orThrow(),
                GatewayEnvironment.system("test"));
        InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port("outbound"));
        proxied = HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build();
    }

    private HttpResponse<Void> call(String host, String lane) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + host + "/"))
                .header("trace-branch", lane)
                .build();
        return proxied.send(request, BodyHandlers.discarding());
    }

    private String decision(String host, String lane) throws IOException, InterruptedException {
        HttpResponse<Void> response = call(host, lane);
        return response.statusCode() + " "
                + response.headers().firstValue("x-laneway-decision").orElse("-") + " "
                + response.headers().firstValue("x-laneway-lane").orElse("-");
    }

    private int followed() {
        return gateway.tables().get().services();
    }

    @Test
    void followsWhatItCallsAndDecidesAsTheWholeTableWould() throws Exception {
        open(control.url(), "auto");
        assertThat(followed()).isZero();

        assertThat(decision("s-2.test", "own")).isEqualTo("200 lane own");
        assertThat(followed()).isEqualTo(1);
        assertThat(decision("s-3", "own")).isEqualTo("200 fallback_absent master");
        assertThat(followed()).isEqualTo(2);
        assertThat(decision("s-2.test", "child")).isEqualTo("200 fallback_absent own");
        assertThat(decision("s-2.test", "plain")).isEqualTo("200 fallback_absent master");
        assertThat(decision("s-2.test", "nowhere")).isEqualTo("200 lane_unknown master");
        assertThat(decision("s-2.test", "hard")).startsWith("503 strict_unavailable");
        assertThat(call("unknown.test", "own").statusCode()).isEqualTo(404);
        assertThat(followed()).isEqualTo(2);

        put("/v1/services/s-3/deployments/own", at("own"));
        await().untilAsserted(() -> assertThat(decision("s-3.test", "own")).isEqualTo("200 lane own"));
        put("/v1/services/late", "{\"hosts\":[\"unknown.test\"],\"deployments\":[" + at("master") + "]}");
        await().untilAsserted(() ->
                assertThat(call("unknown.test", "own").statusCode()).isEqualTo(200));
        assertThat(gateway.tables().status().followed().revision())
                .isEqualTo(gateway.tables().get().revision())
                .isEqualTo(3);
    }

    /** A plain lane that is deployed is no lane of the part's own: its deployments say it. */
    @Test
    void lanesThatOnlyDeploymentsNameAreThere() throws Exception {
        open(control.url(), "auto");
        assertThat(decision("s-2.test", "leaf")).isEqualTo("200 lane leaf");
        assertThat(decision("s-4.test", "master")).isEqualTo("200 lane master");
        put("/v1/services/s-3/deployments/leaf", at("leaf"));
        assertThat(decision("s-3.test", "leaf")).isEqualTo("200 lane leaf");
        put("/v1/services/s-5/deployments/leaf", at("leaf"));
        assertThat(decision("s-5.test", "own")).isEqualTo("200 fallback_absent master");
        assertThat(decision("s-4.test", "leaf")).isEqualTo("200 lane leaf");
        assertThat(gateway.tables().status().problems()).isEmpty();
        gateway.close();
        String url = control.url();
        control.close();
        control = null;

        open(url, "auto");
        assertThat(followed()).isEqualTo(4);
        assertThat(decision("s-3.test", "leaf")).isEqualTo("200 lane leaf");
    }

    /** Says how long first calls take, of a gateway that has followed others before. */
    @Test
    void eachFirstCallWaitsForItsServiceOnce() throws Exception {
        open(control.url(), "auto");
        List<Long> micros = new ArrayList<>();
        List<Long> again = new ArrayList<>();
        for (int i = 0; i < SERVICES; i++) {
            long start = System.nanoTime();
            assertThat(decision("s-" + i + ".test", "master")).startsWith("200 lane");
            micros.add((System.nanoTime() - start) / 1_000);
            long next = System.nanoTime();
            assertThat(decision("s-" + i + ".test", "master")).startsWith("200 lane");
            again.add((System.nanoTime() - next) / 1_000);
            assertThat(followed()).isEqualTo(i + 1);
        }
        List<Long> warm =
                micros.subList(SERVICES / 2, SERVICES).stream().sorted().toList();
        log.atInfo()
                .addKeyValue("medianMicros", warm.get(warm.size() / 2))
                .addKeyValue("mostMicros", warm.get(warm.size() - 1))
                .addKeyValue("againMicros", again.stream().sorted().toList().get(SERVICES / 2))
                .log("first calls");
    }

    @Test
    void whatItIsToldOfIsThereFromTheStart() throws Exception {
        open(control.url(), "[s-7, s-8.test]");
        assertThat(followed()).isEqualTo(2);
        assertThat(decision("s-7.test", "own")).isEqualTo("200 fallback_absent master");
    }

    @Test
    void startsFromThePartThatItHadWhileTheControlApiIsAway() throws Exception {
        open(control.url(), "auto");
        assertThat(decision("s-2.test", "own")).isEqualTo("200 lane own");
        gateway.close();
        String url = control.url();
        control.close();
        control = null;

        open(url, "auto");
        assertThat(followed()).isEqualTo(1);
        assertThat(decision("s-2.test", "own")).isEqualTo("200 lane own");
        assertThat(call("s-3.test", "own").statusCode()).isEqualTo(404);
    }

    @Test
    void aGatewayThatFollowsEverythingAgainHasTheWholeTable() throws Exception {
        open(control.url(), "auto");
        assertThat(decision("s-2.test", "own")).isEqualTo("200 lane own");
        gateway.close();

        open(control.url(), "all");
        await().until(() -> followed() == SERVICES);
    }
}
