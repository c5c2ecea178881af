package io.laneway.control.guard;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Prometheus server ({@code GET /api/v1/query}), every few seconds as long as a query is wanted. Safe for many
 * threads; nothing blocks.
 */
public final class Prometheus {

    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(4);
    private static final int MAX_QUERIES = 1_000;

    private final @Nullable URI server;
    private final LongSupplier nanos;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final Map<String, Asked> asked = new ConcurrentHashMap<>();

    /**
     * What a query gave.
     *
     * @param highest of its values, null if there is none
     * @param problem why not
     */
    record Result(@Nullable Double highest, String problem) {}

    private record Asked(long at, long responded, Result result) {}

    /** @param server null if there is none */
    public Prometheus(@Nullable URI server, LongSupplier nanos) {
        this.server = server;
        this.nanos = nanos;
    }

    public boolean present() {
        return server != null;
    }

    /** What the query gave last; asked again by this where that is some seconds ago. */
    public Result last(String query) {
        if (server == null) {
            return new Result(null, "no Prometheus server is configured");
        }
        long now = nanos.getAsLong();
        Asked known = asked.get(query);
        if (known == null || now - known.at() >= EVERY.toNanos()) {
            Result before = known == null ? new Result(null, "no response yet") : known.result();
            if (asked.size() > MAX_QUERIES) {
                asked.clear();
            }
            asked.put(query, new Asked(now, known == null ? now : known.responded(), before));
            ask(server, query);
        }
        Asked current = asked.getOrDefault(query, new Asked(now, now, new Result(null, "no response yet")));
        return now - current.responded() > FRESH.toNanos()
                ? new Result(
                        null,
                        "no response for " + FRESH.toSeconds() + " s: "
                                + current.result().problem())
                : current.result();
    }

    private void ask(URI base, String query) {
        String text = base.toString();
        String path = (text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/api/v1/query?query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8);
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(path)).timeout(TIMEOUT).build();
        client.sendAsync(request, BodyHandlers.ofString())
                .thenApply(Prometheus::read)
                .exceptionally(error -> new Result(null, "cannot be asked: " + error.getMessage()))
                .thenAccept(result -> asked.computeIfPresent(
                        query,
                        (key, old) -> result.highest() == null && old.result().highest() != null
                                ? new Asked(old.at(), old.responded(), old.result())
                                : new Asked(old.at(), nanos.getAsLong(), result)));
    }

    private static Result read(HttpResponse<String> response) {
        JsonObject body = new JsonObject(response.body());
        if (!"success".equals(body.getValue("status"))) {
            return new Result(null, "status " + response.statusCode() + ": " + body.getValue("error", ""));
        }
        JsonObject data = body.getJsonObject("data");
        JsonArray result = data.getJsonArray("result");
        if (data.getString("resultType").equals("scalar")) {
            return of(value(result));
        }
        double highest = Double.NaN;
        for (int i = 0; i < result.size(); i++) {
            double one = value(result.getJsonObject(i).getJsonArray("value"));
            highest = Double.isNaN(highest) || one > highest ? one : highest;
        }
        return of(highest);
    }

    private static Result of(double value) {
        return Double.isNaN(value) ? new Result(null, "no value") : new Result(value, "");
    }

    /** A time and a number as text (HTTP API of Prometheus, expression query result formats). */
    private static double value(JsonArray sample) {
        String text = sample.getString(1);
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
