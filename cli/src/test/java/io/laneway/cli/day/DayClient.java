package io.laneway.cli.day;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Calls one of several control APIs, any of which may be away. An answer that a sound call must not get is kept. Safe for
 * many threads.
 */
final class DayClient {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<String> urls;
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    DayClient(List<String> urls) {
        this.urls = urls;
    }

    /** An answer; {@code status} 0 where none came. */
    record Answer(int status, JsonObject body) {

        boolean done() {
            return status == 200 || status == 201;
        }
    }

    /** Answers that no fault excuses. */
    Queue<String> wrong() {
        return wrong;
    }

    /** Calls any of them once. */
    Answer call(String method, String path, String body) {
        String url = urls.get(ThreadLocalRandom.current().nextInt(urls.size()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            int status = response.statusCode();
            if (status >= 500 && status != 503) {
                wrong.add(method + " " + path + ": " + status + " " + response.body());
            }
            return new Answer(status, object(response.body()));
        } catch (IOException e) {
            return new Answer(0, new JsonObject());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, new JsonObject());
        }
    }

    private static JsonObject object(String body) {
        return body.startsWith("{") ? new JsonObject(body) : new JsonObject();
    }

    /** Calls until one answers something else than that it cannot now; empty if none does in that time. */
    Optional<Answer> sure(String method, String path, String body, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            Answer answer = call(method, path, body);
            if (answer.status() != 0 && answer.status() != 503) {
                return Optional.of(answer);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return Optional.empty();
    }
}
