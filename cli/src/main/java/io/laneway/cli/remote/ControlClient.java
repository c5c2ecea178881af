package io.laneway.cli.remote;

import io.laneway.router.access.PrivateFiles;
import io.laneway.router.unit.Durations;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls the control API, one call at a time. Blocks; for the command line alone. */
public final class ControlClient {

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** How long a call may take that does not say so itself. */
    static final Duration RESPONSE = Duration.ofSeconds(60);

    /** How long the head of a response of events may take. */
    static final Duration HEAD = Duration.ofSeconds(10);

    private static final String WRITTEN = "written";
    private static final Duration COPY = Duration.ofMinutes(10);

    private final Target target;
    private final ClientTls tls;
    private final URI base;
    private final Duration within;
    private HttpClient http;
    private @Nullable SSLContext shown;
    private @Nullable String token;

    public ControlClient(URI base, @Nullable String token) {
        this(new Target(base, token, null, null, null, null));
    }

    ControlClient(Target target) {
        this(target, RESPONSE);
    }

    private ControlClient(Target target, Duration within) {
        this(target, within, ClientTls.of(target));
    }

    /** @param within how long a call may take that does not say so itself */
    ControlClient(Target target, Duration within, ClientTls tls) {
        this.target = target;
        this.tls = tls;
        this.base = target.control() == null ? Target.DEFAULT : target.control();
        this.token = target.bearer();
        this.within = within;
        this.shown = tls.context();
        this.http = http(shown);
    }

    private static HttpClient http(@Nullable SSLContext tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT);
        if (tls != null) {
            builder.sslContext(tls);
        }
        return builder.build();
    }

    /** The client that shows what the files of TLS hold now. */
    private HttpClient http() {
        SSLContext now = tls.context();
        if (!Objects.equals(now, shown)) {
            shown = now;
            http = http(now);
        }
        return http;
    }

    /** The token that its file holds now, or held last. */
    private @Nullable String token() {
        try {
            token = target.bearer();
        } catch (CommandFailed e) {
            // as a file that is being exchanged
        }
        return token;
    }

    /**
     * A path of encoded segments below {@code /v1}, such as {@code /v1/lanes/f-1}.
     *
     * @throws EmptyName if one of them has nothing in it: the path would be another call's
     */
    public static String path(String... segments) {
        StringBuilder path = new StringBuilder("/v1");
        for (String segment : segments) {
            if (segment.isBlank()) {
                throw new EmptyName(path + "/");
            }
            path.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return path.toString();
    }

    /** The document at a path. */
    public Object get(String path) {
        return call("GET", path, null, null);
    }

    /** The document at a path, whose response may take this long. */
    Object get(String path, Duration within) {
        return send("GET", path, null, null, Map.of(), within).document();
    }

    /** Sends a call and returns its JSON answer, an empty object where it has none. */
    public Object call(String method, String path, @Nullable String body, @Nullable String reason) {
        return send(method, path, body, reason, Map.of()).document();
    }

    /** Sends a call with further header fields. */
    ControlResponse send(
            String method, String path, @Nullable String body, @Nullable String reason, Map<String, String> headers) {
        return send(method, path, body, reason, headers, within);
    }

    private ControlResponse send(
            String method,
            String path,
            @Nullable String body,
            @Nullable String reason,
            Map<String, String> headers,
            Duration within) {
        HttpRequest.Builder request = request(method, path, body, reason).header("Accept", "application/json");
        headers.forEach((name, value) -> request.header(name, HeaderText.of(value)));
        return parse(send(request.build(), BodyHandlers.ofString(), within));
    }

    /** Sends a call and writes its response to a new private file, which is there only if all of it came. */
    void download(String method, String path, @Nullable String reason, Path file) {
        HttpRequest request = request(method, path, null, reason).timeout(COPY).build();
        try {
            Files.createFile(file, PrivateFiles.created(file));
        } catch (IOException e) {
            throw new CommandFailed(file + ": cannot be made (expected: a new file)");
        }
        boolean whole = false;
        try {
            HttpResponse<String> response = send(
                    request,
                    head -> isCopy(head)
                            ? BodySubscribers.mapping(BodySubscribers.ofFile(file), written -> WRITTEN)
                            : BodySubscribers.ofString(StandardCharsets.UTF_8));
            if (response.statusCode() >= 400) {
                throw CallFailed.of(response.statusCode(), response.body());
            }
            if (!response.body().equals(WRITTEN)) {
                throw new CallFailed(
                        "the response of " + response.uri() + " is no store (expected: a control API there)");
            }
            whole = true;
        } finally {
            if (!whole) {
                delete(file);
            }
        }
    }

    /**
     * Reads server-sent events until there are no more (true), or until the consumer wants no more (false).
     *
     * @param head    how long the head of the response may take
     * @param silence after which it is given up: one that is idle has comments
     */
    boolean events(String path, Duration head, Duration silence, Predicate<EventReader.Event> more) {
        HttpRequest request = request("GET", path, null, null)
                .header("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = send(request, BodyHandlers.ofLines(), head);
        try (Stream<String> lines = response.body();
                SilenceLimit limit = new SilenceLimit(lines, silence)) {
            if (response.statusCode() >= 400) {
                throw CallFailed.of(response.statusCode(), lines.collect(Collectors.joining("\n")));
            }
            return read(limit, silence, response.uri(), more);
        } catch (UncheckedIOException e) {
            throw new CallFailed("call to " + response.uri() + " broke: " + e.getMessage());
        }
    }

    private static boolean read(SilenceLimit limit, Duration silence, URI from, Predicate<EventReader.Event> more) {
        try {
            boolean ended = EventReader.read(limit.lines(), more);
            if (!ended || !limit.passed()) {
                return ended;
            }
        } catch (UncheckedIOException e) {
            if (!limit.passed()) {
                throw e;
            }
        }
        throw new CallFailed(from + " sent nothing for " + Durations.format(silence)
                + " (expected: an event, or a comment every 15 s)");
    }

    private static boolean isCopy(ResponseInfo head) {
        return head.statusCode() == 200
                && head.headers().firstValue("content-type").orElse("").equals("application/vnd.sqlite3");
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new CommandFailed(file + ": is not whole and cannot be deleted");
        }
    }

    private HttpRequest.Builder request(String method, String path, @Nullable String body, @Nullable String reason) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        String bearer = token();
        if (bearer != null && !bearer.isEmpty()) {
            request.header("Authorization", HeaderText.of("Bearer " + bearer));
        }
        if (reason != null) {
            request.header("X-Reason", HeaderText.of(reason));
        }
        return request;
    }

    /** The path behind the one that the address itself may have. */
    private URI at(String path) {
        String own = base.toString();
        return URI.create(URI.create((own.endsWith("/") ? own.substring(0, own.length() - 1) : own) + path)
                .toASCIIString());
    }

    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body) {
        try {
            return http().send(request, body);
        } catch (IOException e) {
            throw failed(request, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted");
        }
    }

    /**
     * Sends a call and waits so long for what its body handler waits for: all of a text, the head of a stream of lines.
     * The timeout of a request differs: in Java 17 it ends at the head, from Java 26 on at the end of the body.
     */
    private <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> body, Duration within) {
        CompletableFuture<HttpResponse<T>> response = http().sendAsync(request, body);
        try {
            return response.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            response.cancel(true);
            throw new CallFailed("no response of " + request.uri() + " within " + Durations.format(within)
                    + " (expected: a control API that responds there)");
        } catch (ExecutionException e) {
            throw failed(request, e.getCause());
        } catch (InterruptedException e) {
            response.cancel(true);
            Thread.currentThread().interrupt();
            throw new CallFailed("interrupted");
        }
    }

    private CallFailed failed(HttpRequest request, @Nullable Throwable cause) {
        if (cause instanceof ConnectException) {
            return new CallFailed("no control API at " + base
                    + " (expected: `laneway control` or `laneway demo` running there, or --control URL)");
        }
        String why = cause == null || cause.getMessage() == null ? String.valueOf(cause) : cause.getMessage();
        return new CallFailed("call to " + request.uri() + " failed: " + why);
    }

    private static ControlResponse parse(HttpResponse<String> response) {
        String body = response.body();
        if (response.statusCode() >= 400) {
            throw CallFailed.of(response.statusCode(), body);
        }
        try {
            Object document = body.isBlank() ? new JsonObject() : Json.decodeValue(body);
            return new ControlResponse(
                    response.statusCode(),
                    document,
                    response.headers().firstValue("etag").orElse(null));
        } catch (DecodeException e) {
            throw new CallFailed("the response of " + response.uri() + " is not JSON (expected: a control API there)");
        }
    }
}
