package io.laneway.gateway.traffic.token;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JWK Set that an issuer publishes by HTTP. A response is 200, bounded, and whole within the timeout, however slowly it
 * comes; redirections are not followed. Immutable.
 */
record KeyServer(URI uri, KeyClient client, Duration timeout) implements KeyDocument {

    private static final int MOST_BYTES = 1 << 20;
    private static final int OK = 200;

    @Override
    public CompletableFuture<byte[]> read() {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/jwk-set+json, application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> sent;
        try {
            sent = client.get().sendAsync(request, bounded());
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
        return sent.copy()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, error) -> {
                    if (error != null) {
                        sent.cancel(true);
                    }
                })
                .thenApply(KeyServer::body);
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() != OK) {
            throw new IllegalStateException("status " + response.statusCode() + " (expected: 200)");
        }
        return response.body();
    }

    private static BodyHandler<byte[]> bounded() {
        return head -> new BoundedBody(BodySubscribers.ofByteArray(), MOST_BYTES);
    }
}
