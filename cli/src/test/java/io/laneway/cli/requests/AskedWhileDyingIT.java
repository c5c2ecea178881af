package io.laneway.cli.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.cli.remote.ControlClient;
import io.laneway.control.ControlApi;
import io.laneway.control.ControlConfig;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that stops and a replica that ends while they are asked: each response comes in time and names them. */
@SuppressWarnings("try") // what closes may be interrupted
class AskedWhileDyingIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int WITHIN_MS = 1_000;

    /** What a busy machine may take beside. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void eachResponseComesInTimeAndNamesWhoIsGone() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.builder().start();
                ControlApi two = ControlApi.start(config(database));
                Chain chain = new Chain(directory)) {
            ControlApi one = ControlApi.start(config(database));
            new ControlClient(URI.create(two.url()), null).call("PUT", "/v1/table", chain.table(), null);
            chain.gateway("edge", one.url());
            chain.gateway("gw-2", two.url());
            chain.gateway("gw-3", two.url());
            await().atMost(PATIENCE)
                    .until(() -> asked(two, "none").getJsonArray("asked").size() == 3);
            String id = chain.request(new Random(1), String.format("%032x", 1), true)
                    .headers()
                    .firstValue("x-request-id")
                    .orElseThrow();
            await().atMost(PATIENCE).until(() -> hops(asked(two, id)).size() == 3);

            until(two, id, CompletableFuture.runAsync(chain.gateway("gw-3")::close), Set.of("edge", "gw-2"));
            until(two, id, CompletableFuture.runAsync(one::close), Set.of("gw-2"));
            assertThat(missing(asked(two, id))).containsExactly("edge", "gw-3");
            await().atMost(PATIENCE).until(() -> two.store().questions().size() == 0);
        }
    }

    private ControlConfig config(EmbeddedPostgres database) {
        return ControlConfig.in(directory, 0)
                .with(new StoreConfig.Postgres(database.getJdbcUrl("postgres", "postgres"), "postgres", "postgres"));
    }

    /** Asks again and again while something ends, until only these gateways answer. */
    private void until(ControlApi control, String id, CompletableFuture<Void> end, Set<String> left) throws Exception {
        long begun = System.nanoTime();
        Set<String> answered = Set.of();
        while (!end.isDone() || !answered.equals(left)) {
            JsonObject story = asked(control, id);
            answered = hops(story);
            Set<String> all = new TreeSet<>(answered);
            all.addAll(missing(story));
            assertThat(all).as(story.encode()).containsExactly("edge", "gw-2", "gw-3");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
        }
        end.get();
    }

    /** The response, which comes in time whatever it is. */
    private JsonObject asked(ControlApi control, String id) throws Exception {
        HttpRequest ask = HttpRequest.newBuilder(
                        URI.create(control.url() + "/v1/requests/" + id + "?timeout=" + WITHIN_MS + "ms"))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> response = http.send(ask, BodyHandlers.ofString());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SLACK.plusMillis(WITHIN_MS));
        assertThat(response.statusCode()).as(response.body()).isIn(200, 404);
        return new JsonObject(response.body());
    }

    private static Set<String> hops(JsonObject story) {
        return gateways(story, "hops");
    }

    private static Set<String> missing(JsonObject story) {
        return gateways(story, "missing");
    }

    private static Set<String> gateways(JsonObject story, String field) {
        Set<String> gateways = new TreeSet<>();
        if (story.getJsonArray(field) != null) {
            story.getJsonArray(field).forEach(one -> gateways.add(((JsonObject) one).getString("gateway")));
        }
        return gateways;
    }
}
