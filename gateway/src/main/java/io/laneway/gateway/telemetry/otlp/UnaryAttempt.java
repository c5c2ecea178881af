package io.laneway.gateway.telemetry.otlp;

import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One attempt of a unary call of gRPC. Confined to one event loop. */
final class UnaryAttempt {

    private final GrpcSenderConfig config;
    private final Buffer message;
    private final long millis;
    private @Nullable HttpClientRequest open;
    private boolean cancelled;

    /** @param millis that it may take */
    UnaryAttempt(GrpcSenderConfig config, Buffer message, long millis) {
        this.config = config;
        this.message = message;
        this.millis = millis;
    }

    Future<UnaryResponse> send(HttpClientRequest request) {
        open = request;
        if (cancelled) {
            return request.reset().mapEmpty();
        }
        request.putHeader("content-type", "application/grpc");
        request.putHeader("te", "trailers");
        request.putHeader("grpc-timeout", millis + "m");
        if (config.getCompressor() != null) {
            request.putHeader("grpc-encoding", config.getCompressor().getEncoding());
        }
        Map<String, List<String>> headers = config.getHeadersSupplier().get();
        if (headers != null) {
            headers.forEach((name, values) -> request.putHeader(name, values));
        }
        return request.send(message).compose(this::read);
    }

    /** The message says nothing that is needed. */
    private Future<UnaryResponse> read(HttpClientResponse response) {
        response.handler(bytes -> {});
        return response.end().map(ended -> UnaryResponse.of(response));
    }

    /** Gives it up. */
    void cancel() {
        cancelled = true;
        HttpClientRequest request = open;
        if (request != null) {
            var unused = request.reset();
        }
    }
}
