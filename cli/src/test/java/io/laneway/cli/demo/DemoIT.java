package io.laneway.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.GatewayEnvironment;
import io.laneway.router.shift.TenantSlots;
import io.laneway.testkit.Crowd;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mission as a test: A calls B and B calls C through the gateway, and each request keeps to its lane. */
class DemoIT {

    private static final String BASE = "A@master > B@master > C@master";
    private static final String GRAY = "A@G0 > B@G0 > C@G0";

    private static final TenantSlots SLOTS = new TenantSlots("default");

    private static Demo demo;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        demo = Demo.start(0, false, GatewayEnvironment.system("test"));
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @ParameterizedTest
    @CsvSource({
        "f-1,    A@f-1 > B@master > C@master",
        "f-2,    A@master > B@f-2 > C@master",
        "bg0-1,  A@master > B@bg0-1 > C@master",
        "G0,     A@G0 > B@G0 > C@G0",
        "F-1,    A@f-1 > B@master > C@master",
        "bg0/1,  A@master > B@bg0-1 > C@master",
        "master, A@master > B@master > C@master",
        "nope,   A@master > B@master > C@master"
    })
    void everyCarrierLeadsToTheSamePath(String lane, String path) throws Exception {
        assertThat(body("/", "trace-branch", lane)).as("header").isEqualTo(path);
        assertThat(body("/?a=b&trace-branch=" + lane.replace("/", "%2F")))
                .as("query")
                .isEqualTo(path);
        assertThat(body("/x", "cookie", "a=b; trace-branch=" + lane))
                .as("cookie")
                .isEqualTo(path);
        assertThat(body("/", "baggage", "k=v,trace-branch=" + lane.replace("/", "%2F")))
                .as("baggage")
                .isEqualTo(path);
    }

    @Test
    void theStoryOfItsFirstRequestHasEachHopAndItsLane() throws Exception {
        String id = demo.firstRequest();
        JsonArray hops = new JsonArray();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            HttpRequest ask = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + demo.control() + "/v1/requests/" + id))
                    .build();
            HttpResponse<String> story = http.send(ask, BodyHandlers.ofString());
            hops.clear();
            if (story.statusCode() == 200) {
                hops.addAll(new JsonObject(story.body()).getJsonArray("hops"));
            }
            return hops.size() == 3;
        });
        assertThat(hops.stream()
                        .map(JsonObject.class::cast)
                        .map(hop -> hop.getString("service") + "@" + hop.getString("lane")))
                .containsExactlyInAnyOrder("A@f-1", "B@master", "C@master");
    }

    @ParameterizedTest
    @CsvSource({"f-1, lane, f-1", "f-2, fallback_absent, master", "nope, lane_unknown, master", "master, lane, master"})
    void saysWhichLaneServedAndWhy(String lane, String reason, String served) throws Exception {
        HttpResponse<String> response = get("/", "trace-branch", lane);

        assertThat(response.headers().firstValue("x-laneway-decision")).hasValue(reason);
        assertThat(response.headers().firstValue("x-laneway-lane")).hasValue(served);
    }

    @Test
    void takesAnyHostPathAndMethod() throws Exception {
        HttpRequest post = request("/any/path?x=1", "trace-branch", "f-1")
                .POST(HttpRequest.BodyPublishers.ofString("body"))
                .build();

        assertThat(http.send(post, BodyHandlers.ofString()).body().strip()).isEqualTo("A@f-1 > B@master > C@master");
    }

    @Test
    void movesExactlyTheTenantsOfTheSlotsWithinASecondAndFailsNoRequestMeanwhile() throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        CompletableFuture<List<Integer>> load = CompletableFuture.supplyAsync(() -> failures(running));
        try {
            share("20%");
            movesWithinASecond(tenantIn(0, 1_999), GRAY);
            List<String> atTwenty = paths().get(GRAY);
            assertThat(atTwenty).isNotEmpty().allMatch(tenant -> slot(tenant) < 2_000);
            share("35%");
            movesWithinASecond(tenantIn(2_000, 3_499), GRAY);
            assertThat(paths().get(GRAY)).containsAll(atTwenty).allMatch(tenant -> slot(tenant) < 3_500);
            share("0%");
            movesWithinASecond(tenantIn(0, 1_999), BASE);
            assertThat(paths()).containsOnlyKeys(BASE);
        } finally {
            running.set(false);
        }
        assertThat(load.join()).isEmpty();
    }

    @Test
    void theGatewayItselfExplains() throws Exception {
        HttpRequest question = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + demo.admin() + "/explain?service=B&lane=f-1"))
                .build();

        assertThat(http.send(question, BodyHandlers.ofString()).body()).contains("fallback_absent", "master");
    }

    private static List<Integer> failures(AtomicBoolean running) {
        List<Integer> failures = new ArrayList<>();
        for (int i = 0; running.get(); i++) {
            try {
                int status = get("/", "x-tenant-id", "load-" + i % 50).statusCode();
                if (status != 200) {
                    failures.add(status);
                }
            } catch (IOException | InterruptedException e) {
                failures.add(-1);
            }
        }
        return failures;
    }

    private static void movesWithinASecond(String tenant, String path) {
        await().atMost(Crowd.allows(Duration.ofSeconds(1)))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> body("/", "x-tenant-id", tenant).equals(path));
    }

    private static String tenantIn(int first, int last) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "tenant-" + i)
                .filter(tenant -> slot(tenant) >= first && slot(tenant) <= last)
                .findFirst()
                .orElseThrow();
    }

    private static int slot(String tenant) {
        return SLOTS.of(tenant);
    }

    /** The tenants of a sample, by the path that their requests took. */
    private static Map<String, List<String>> paths() throws Exception {
        Map<String, List<String>> paths = new TreeMap<>();
        for (String tenant : IntStream.range(0, 40).mapToObj(i -> "tenant-" + i).toList()) {
            paths.computeIfAbsent(body("/", "x-tenant-id", tenant), path -> new ArrayList<>())
                    .add(tenant);
        }
        return paths;
    }

    private static void share(String share) throws Exception {
        HttpRequest put = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + demo.control() + "/v1/shifts/default"))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(
                        "{\"environments\":[{\"lane\":\"G0\",\"share\":\"" + share + "\"}]}"))
                .build();
        assertThat(http.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }

    private static String body(String path, String... headers) throws Exception {
        return get(path, headers).body().strip();
    }

    private static HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return http.send(request(path, headers).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + demo.edge() + path))
                .timeout(Duration.ofSeconds(10));
        return headers.length == 0 ? request : request.headers(headers);
    }
}
