package io.laneway.control.auth.oidc;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an issuer, as fetched last. What cannot be fetched or read leaves the keys as they are; what can be read
 * replaces them, so a key that is withdrawn is gone. One fetch is on its way at a time. Safe for many threads; nothing
 * blocks.
 */
final class Jwks {

    private static final Logger log = LoggerFactory.getLogger(Jwks.class);
    private static final Duration APART = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_BYTES = 1 << 20;
    private static final int OK = 200;

    private final URI uri;
    private final Vertx vertx;
    private final LongSupplier nanos;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private volatile @Nullable KeySet keys;
    private @Nullable CompletableFuture<@Nullable KeySet> fetching;
    private volatile String said = "";
    private long asked;
    private boolean askedOnce;

    /** @param nanos time that is never set, such as {@link System#nanoTime} */
    Jwks(URI uri, Vertx vertx, LongSupplier nanos) {
        this.uri = uri;
        this.vertx = vertx;
        this.nanos = nanos;
    }

    /** The keys as they are known; null before the first were fetched. */
    @Nullable
    KeySet now() {
        return keys;
    }

    /** The keys after a token named one that is not known: fetched again at most once in ten seconds. */
    synchronized CompletableFuture<@Nullable KeySet> afterUnknown() {
        long now = nanos.getAsLong();
        if (fetching == null && askedOnce && now - asked < APART.toNanos()) {
            return CompletableFuture.completedFuture(keys);
        }
        if (fetching == null) {
            asked = now;
            askedOnce = true;
        }
        return refresh();
    }

    /** Fetches them now, or waits for the fetch that is on its way. */
    synchronized CompletableFuture<@Nullable KeySet> refresh() {
        if (fetching != null) {
            return fetching;
        }
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).build();
        CompletableFuture<@Nullable KeySet> done = new CompletableFuture<>();
        fetching = done;
        client.sendAsync(request, BodyHandlers.ofByteArray())
                .orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(this::read)
                .whenComplete((fresh, error) -> fetched(done, fresh, error));
        return done;
    }

    private KeySet read(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK || response.body().length > MAX_BYTES) {
            throw new IllegalArgumentException("status " + response.statusCode() + ", " + response.body().length
                    + " bytes (expected: 200, at most " + MAX_BYTES + ")");
        }
        return KeySet.of(vertx, new JsonObject(Buffer.buffer(response.body())));
    }

    private void fetched(CompletableFuture<@Nullable KeySet> done, @Nullable KeySet fresh, @Nullable Throwable error) {
        String problem = String.valueOf(error);
        if (fresh == null && !problem.equals(said)) {
            log.atWarn()
                    .addKeyValue("jwks", uri)
                    .addKeyValue("problem", problem)
                    .log("keys of the issuer not fetched, those known are kept");
        }
        synchronized (this) {
            keys = fresh == null ? keys : fresh;
            said = fresh == null ? problem : "";
            fetching = null;
        }
        done.complete(keys);
    }
}
