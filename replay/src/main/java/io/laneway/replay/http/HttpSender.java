package io.laneway.replay.http;

import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.send.Outgoing;
import io.laneway.replay.send.Reply;
import io.laneway.replay.send.Sender;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemTrustOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Sends requests as they were recorded: HTTP/1.1 to HTTP/1.1, HTTP/2 by ALPN over TLS and with prior knowledge without
 * (RFC 9113, 3.3). Follows no redirection, decodes no body, repeats nothing. Safe for many threads.
 */
public final class HttpSender implements Sender, AutoCloseable {

    private static final int HTTP2_CONNECTIONS = 4;

    /** Methods of which a request without content says so, {@code Content-Length: 0} (RFC 9110, 8.6). */
    private static final Set<String> EXPECT_CONTENT = Set.of("POST", "PUT", "PATCH");

    private final Vertx vertx;
    private final Destination destination;
    private final HttpClient http1;
    private final HttpClient http2;

    /** A sender without connections. */
    public HttpSender(Destination destination) {
        this(destination, new VertxOptions());
    }

    /** One that uses a single thread for all its connections, beside others who need the processors. */
    public static HttpSender modest(Destination destination) {
        return new HttpSender(
                destination,
                new VertxOptions()
                        .setEventLoopPoolSize(1)
                        .setWorkerPoolSize(1)
                        .setInternalBlockingPoolSize(1)
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)));
    }

    private HttpSender(Destination destination, VertxOptions options) {
        this.vertx = Vertx.vertx(options);
        this.destination = destination;
        PoolOptions pool =
                new PoolOptions().setHttp1MaxSize(destination.connections()).setHttp2MaxSize(HTTP2_CONNECTIONS);
        this.http1 = vertx.createHttpClient(options(destination, HttpVersion.HTTP_1_1), pool);
        this.http2 = vertx.createHttpClient(options(destination, HttpVersion.HTTP_2), pool);
    }

    private static HttpClientOptions options(Destination destination, HttpVersion version) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(version)
                .setHttp2ClearTextUpgrade(false)
                .setDefaultHost(destination.host())
                .setDefaultPort(destination.port());
        if (!destination.tls()) {
            return options;
        }
        options.setSsl(true)
                .setUseAlpn(version == HttpVersion.HTTP_2)
                .setTrustAll(destination.insecure())
                .setVerifyHost(!destination.insecure());
        if (destination.ca() != null) {
            options.setTrustOptions(
                    new PemTrustOptions().addCertPath(destination.ca().toString()));
        }
        return options;
    }

    @Override
    public void send(Outgoing request, Consumer<Reply> done) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setURI(request.target());
        (request.http2() ? http2 : http1)
                .request(options)
                .compose(sent -> exchange(sent, request))
                .onComplete(result -> done.accept(
                        result.succeeded() ? Reply.of(result.result()) : Reply.failed(why(result.cause()))));
    }

    private Future<RecordedResponse> exchange(HttpClientRequest sent, Outgoing request) {
        head(sent, request);
        // a CANCEL of its stream, or the end of its connection: nothing may come afterwards
        byte[] body = request.body().bytes();
        boolean bare = body.length == 0 && !EXPECT_CONTENT.contains(request.method());
        return (bare ? sent.send() : sent.send(Buffer.buffer(body)))
                .compose(this::whole)
                .timeout(destination.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> sent.reset());
    }

    private static void head(HttpClientRequest sent, Outgoing request) {
        boolean http2 = sent.version() == HttpVersion.HTTP_2;
        for (Field field : request.headers()) {
            sent.headers().add(http2 ? field.name().toLowerCase(Locale.ROOT) : field.name(), field.value());
        }
        HostAndPort authority =
                request.authority().isEmpty() ? null : HostAndPort.parseAuthority(request.authority(), -1);
        if (authority != null) {
            sent.authority(authority);
        }
    }

    private Future<RecordedResponse> whole(HttpClientResponse response) {
        Buffer kept = Buffer.buffer();
        long[] size = new long[1];
        response.handler(part -> {
            size[0] += part.length();
            int room = destination.bodies() - kept.length();
            kept.appendBuffer(part.length() <= room ? part : part.slice(0, room));
        });
        return response.end()
                .map(end -> new RecordedResponse(
                        response.statusCode(),
                        fields(response.headers()),
                        new RecordedBody(kept.getBytes(), size[0], size[0] > kept.length(), null, null),
                        fields(response.trailers())));
    }

    private static List<Field> fields(MultiMap map) {
        List<Field> fields = new ArrayList<>();
        map.forEach((name, value) -> {
            if (!name.startsWith(":")) {
                fields.add(new Field(name, value));
            }
        });
        return fields;
    }

    private static String why(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
