package io.laneway.cli.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.command.Laneway;
import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Random requests through four hops over three gateways, asked for afterwards at two replicas of the control API, by
 * request id and by trace id: each story is what the access logs say. 150 in the build, {@code -Dlaneway.stories=N} for
 * more, {@code -Dlaneway.stories.seed=N} for the same ones.
 */
class RequestStoriesIT {

    private static final int REQUESTS = Integer.getInteger("laneway.stories", 150);
    private static final long SEED = Long.getLong("laneway.stories.seed", System.nanoTime() & 0xffffff);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final List<String> GATEWAYS = List.of("edge", "gw-2", "gw-3");

    @TempDir
    static Path directory;

    private static EmbeddedPostgres database;
    private static ControlApi one;
    private static ControlApi two;
    private static Chain chain;

    @BeforeAll
    static void start() throws Exception {
        database = EmbeddedPostgres.builder().start();
        StoreConfig.Postgres store =
                new StoreConfig.Postgres(database.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        one = ControlApi.start(ControlConfig.in(directory, 0).with(store));
        two = ControlApi.start(ControlConfig.in(directory, 0).with(store));
        chain = new Chain(directory);
        new ControlClient(URI.create(one.url()), null).call("PUT", "/v1/table", chain.table(), null);
        chain.gateway("edge", one.url());
        chain.gateway("gw-2", two.url());
        chain.gateway("gw-3", one.url());
        for (ControlApi control : List.of(one, two)) {
            await().atMost(PATIENCE)
                    .until(() -> get(control, "/v1/gateways").encode().split("\"requests\"").length == 1 + 3);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        chain.close();
        one.close();
        two.close();
        database.close();
    }

    private static JsonObject get(ControlApi control, String path) {
        return (JsonObject) new ControlClient(URI.create(control.url()), null).get(path);
    }

    /** A request that was made, and the response's {@code x-request-id}. */
    private record Made(String trace, String id, boolean carry) {}

    @Test
    void everyStoryIsWhatTheAccessLogsSay() throws Exception {
        Random random = new Random(SEED);
        List<Made> made = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            String trace = String.format("%016x%016x", random.nextLong(), random.nextLong());
            boolean carry = random.nextBoolean();
            HttpResponse<Void> response = chain.request(random, trace, carry);
            made.add(new Made(
                    trace, response.headers().firstValue("x-request-id").orElseThrow(), carry));
        }
        Map<String, Map<String, JsonObject>> logged =
                logged(made.stream().map(Made::id).collect(Collectors.toSet()));

        for (int i = 0; i < made.size(); i++) {
            Made request = made.get(i);
            Map<String, JsonObject> lines = logged.get(request.id());
            ControlApi first = i % 2 == 0 ? one : two;
            ControlApi second = i % 2 == 0 ? two : one;
            same(get(first, "/v1/requests/" + request.id() + "?timeout=30s"), lines, request);
            same(get(second, "/v1/requests?trace=" + request.trace() + "&timeout=30s"), lines, request);
        }
    }

    /** The lines of all gateways of these requests by their id and service, once all are written. */
    private static Map<String, Map<String, JsonObject>> logged(Set<String> requests) {
        Map<String, Map<String, JsonObject>> all = new HashMap<>();
        await().atMost(PATIENCE).until(() -> {
            all.clear();
            for (String gateway : GATEWAYS) {
                for (JsonObject line : chain.logged(gateway)) {
                    if (!requests.contains(line.getString("x_request_id"))) {
                        continue;
                    }
                    all.computeIfAbsent(line.getString("x_request_id"), id -> new LinkedHashMap<>())
                            .put(line.getString("service"), line.put("gateway", gateway));
                }
            }
            return all.values().stream().mapToInt(Map::size).sum() >= requests.size() * Chain.SERVICES.size();
        });
        return all;
    }

    private static void same(JsonObject story, Map<String, JsonObject> lines, Made request) {
        String what = "seed " + SEED + ", " + request + ": " + story.encodePrettily();
        List<JsonObject> hops =
                story.getJsonArray("hops").stream().map(JsonObject.class::cast).toList();
        List<String> services =
                hops.stream().map(hop -> hop.getString("service")).toList();
        if (request.carry()) {
            assertThat(services).as(what).isEqualTo(Chain.SERVICES);
        } else {
            // What began in the same millisecond has no order without the count of hops.
            assertThat(services).as(what).containsExactlyInAnyOrderElementsOf(Chain.SERVICES);
            assertThat(hops.stream().map(hop -> hop.getString("start_time")))
                    .as(what)
                    .isSorted();
        }
        for (JsonObject hop : hops) {
            JsonObject line = lines.get(hop.getString("service"));
            line.forEach(field -> assertThat(hop.getValue(field.getKey()))
                    .as(field.getKey() + " " + what)
                    .isEqualTo(field.getValue()));
            assertThat(hop.getString("trace_id")).isEqualTo(request.trace());
            assertThat(hop.getString("origin")).as(what).isNotEmpty();
        }
        assertThat(story.getJsonArray("missing")).as(what).isEmpty();
    }

    @Test
    void theCommandShowsTheStoryAndSaysWhereItWouldGoNow() throws Exception {
        Random random = new Random(7);
        String trace = String.format("%032x", 4711);
        String id = chain.request(random, trace, true)
                .headers()
                .firstValue("x-request-id")
                .orElseThrow();

        String text = run("explain", "--request", id, "--control", two.url());
        assertThat(text).startsWith("request " + id).contains("1. edge: GET /x/", "4. edge: GET /x/");
        assertThat(new JsonObject(run("explain", "--trace", trace, "-o", "json", "--control", one.url()))
                        .getJsonArray("hops"))
                .hasSize(4);
    }

    /** d responds 503, which c, b and a pass on; where lane f-3 serves it, nothing listens. */
    @Test
    void theChainNamesTheServiceThatFailedFirst() throws Exception {
        Random random = new Random(11);
        int failed = 0;
        for (int i = 0; i < 12; i++) {
            HttpResponse<Void> response = chain.request(random, String.format("%032x", 5000 + i), i % 2 == 0);
            String id = response.headers().firstValue("x-request-id").orElseThrow();
            String text = run("chain", "--request", id, "--control", one.url());
            assertThat(text.lines().filter(line -> line.contains(" > ")))
                    .as(text)
                    .hasSize(4);
            if (response.statusCode() == 200) {
                assertThat(text).contains("nothing failed");
            } else {
                assertThat(text)
                        .containsPattern(
                                "failed first: d \\(lane [^)]+\\) at [0-9.:]+(: no connection| responded 503)");
                failed++;
            }
        }
        assertThat(failed).isPositive();
        assertThat(new JsonArray(run(
                                "chain",
                                "--request",
                                String.format("%032x", 5000),
                                "-o",
                                "json",
                                "--control",
                                two.url()))
                        .getJsonObject(0)
                        .getJsonArray("hops"))
                .hasSize(4);
    }

    private static String run(String... words) {
        CommandLine line = Laneway.commandLine(words);
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out));
        assertThat(line.execute(words)).as(out.toString()).isZero();
        return out.toString();
    }
}
