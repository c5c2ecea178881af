package io.laneway.gateway.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Unary calls of gRPC over Vert.x's client on an event loop of its own, each bounded in time with its retries. Safe for
 * many threads.
 */
final class UnaryCalls implements GrpcSender {

    private static final int HEAD = 5;

    private final GrpcSenderConfig config;
    private final Vertx vertx;
    private final HttpClient client;
    private final RequestOptions to;

    UnaryCalls(GrpcSenderConfig config) {
        this.config = config;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true));
        this.client = vertx.createHttpClient(GrpcConnections.options(config));
        URI endpoint = config.getEndpoint();
        boolean secure = "https".equals(endpoint.getScheme());
        this.to = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(endpoint.getHost())
                .setPort(endpoint.getPort() < 0 ? (secure ? 443 : 80) : endpoint.getPort())
                .setSsl(secure)
                .setURI("/" + config.getFullMethodName());
    }

    @Override
    public void send(MessageWriter message, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
        try {
            long until = System.nanoTime() + config.getTimeout().toNanos();
            new Call(framed(message), until, onResponse, onError).begin();
        } catch (IOException e) {
            onError.accept(e);
        }
    }

    /** A message with its length before it, which says too whether it is compressed. */
    private Buffer framed(MessageWriter message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(32, message.getContentLength()));
        boolean compressed = config.getCompressor() != null;
        try (OutputStream out = compressed ? config.getCompressor().compress(bytes) : bytes) {
            message.writeMessage(out);
        }
        return Buffer.buffer(HEAD + bytes.size())
                .appendByte((byte) (compressed ? 1 : 0))
                .appendInt(bytes.size())
                .appendBytes(bytes.toByteArray());
    }

    @Override
    public CompletableResultCode shutdown() {
        CompletableResultCode closed = new CompletableResultCode();
        vertx.close().onComplete(done -> closed.succeed());
        return closed;
    }

    /** One call with its retries. Confined to the event loop once it has begun. */
    private final class Call {

        private final Buffer message;
        private final long until;
        private final Consumer<GrpcResponse> onResponse;
        private final Consumer<Throwable> onError;
        private @Nullable UnaryAttempt attempt;
        private int attempts;
        private boolean over;

        private Call(Buffer message, long until, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
            this.message = message;
            this.until = until;
            this.onResponse = onResponse;
            this.onError = onError;
        }

        private void begin() {
            vertx.runOnContext(go -> {
                vertx.setTimer(Math.max(1, leftMillis()), timer -> expired());
                next();
            });
        }

        private long leftMillis() {
            return TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        }

        private void expired() {
            UnaryAttempt last = attempt;
            if (!over) {
                over = true;
                onError.accept(new TimeoutException("no response within " + config.getTimeout()));
                if (last != null) {
                    last.cancel();
                }
            }
        }

        private void next() {
            attempts++;
            UnaryAttempt made = new UnaryAttempt(config, message, Math.max(1, leftMillis()));
            attempt = made;
            client.request(to).compose(made::send).onComplete(this::responded, this::failed);
        }

        private void responded(UnaryResponse response) {
            if (!over && !(response.isTransient() && again())) {
                over = true;
                onResponse.accept(response);
            }
        }

        private void failed(Throwable cause) {
            if (!over && !again()) {
                over = true;
                onError.accept(cause);
            }
        }

        /** Whether it is tried again soon. */
        private boolean again() {
            RetryPolicy policy = config.getRetryPolicy();
            if (policy == null || attempts >= policy.getMaxAttempts()) {
                return false;
            }
            double wait = policy.getInitialBackoff().toMillis() * Math.pow(policy.getBackoffMultiplier(), attempts - 1);
            double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
            long millis = Math.max(
                    1, (long) (Math.min(wait, (double) policy.getMaxBackoff().toMillis()) * jitter));
            if (millis >= leftMillis()) {
                return false;
            }
            vertx.setTimer(millis, timer -> {
                if (!over) {
                    next();
                }
            });
            return true;
        }
    }
}
