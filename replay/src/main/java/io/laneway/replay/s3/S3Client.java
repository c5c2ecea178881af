package io.laneway.replay.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a bucket that recordings need, over the JDK's client. Safe for many threads.
 */
public final class S3Client {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration RESPONSE = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final String NOTHING = Signature.hash(new byte[0]);
    private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9.]{1,100})</Code>");
    private static final Pattern OBJECT =
            Pattern.compile("<Contents>.*?<Key>([^<]*)</Key>.*?<Size>(\\d+)</Size>.*?</Contents>", Pattern.DOTALL);
    private static final Pattern NEXT = Pattern.compile("<NextContinuationToken>([^<]*)</NextContinuationToken>");
    private static final int MOST_ERROR = 4096;

    private final S3Bucket bucket;
    private final Supplier<S3Credentials> credentials;
    private final Signature signature;
    private final Clock clock;
    private final HttpClient client;

    /** An object of the bucket. Immutable. */
    public record Stored(String key, long size) {}

    /**
     * A client of a bucket.
     *
     * @param credentials asked for each call; may throw what {@link java.io.UncheckedIOException} wraps
     * @param tls         null for the JVM's authorities
     */
    public S3Client(S3Bucket bucket, Supplier<S3Credentials> credentials, @Nullable SSLContext tls, Clock clock) {
        this.bucket = bucket;
        this.credentials = credentials;
        this.signature = new Signature(bucket.region(), "s3");
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        this.client = (tls == null ? builder : builder.sslContext(tls)).build();
    }

    /** Puts an object; another one of this key is replaced. Does not block; fails with an {@link IOException}. */
    public CompletableFuture<Void> put(String key, byte[] body) {
        try {
            HttpRequest request = request("PUT", bucket.address(key, ""), Signature.hash(body))
                    .PUT(BodyPublishers.ofByteArray(body))
                    .build();
            return client.sendAsync(request, BodyHandlers.ofByteArray()).thenCompose(response -> {
                boolean ok = response.statusCode() == OK;
                return ok
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(refused("PUT " + key, response));
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The objects whose keys begin so, in the order of keys. Blocks. */
    public List<Stored> list(String prefix) throws IOException {
        List<Stored> all = new ArrayList<>();
        String token = "";
        do {
            String query = (token.isEmpty() ? "" : "continuation-token=" + UriText.value(token) + "&")
                    + "encoding-type=url&list-type=2&prefix=" + UriText.value(prefix);
            HttpResponse<byte[]> response =
                    send(request("GET", bucket.address("", query), NOTHING).build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                throw refused("list " + prefix, response);
            }
            String text = new String(response.body(), StandardCharsets.UTF_8);
            // not all stores do what encoding-type asks for
            boolean encoded = text.contains("<EncodingType>url<");
            Matcher object = OBJECT.matcher(text);
            while (object.find()) {
                all.add(new Stored(key(object.group(1), encoded), Long.parseLong(object.group(2))));
            }
            Matcher next = NEXT.matcher(text);
            token = next.find() ? unescaped(next.group(1)) : "";
        } while (!token.isEmpty());
        return all;
    }

    /** An object's bytes, to be closed. Blocks. */
    public InputStream get(String key) throws IOException {
        HttpResponse<InputStream> response =
                send(request("GET", bucket.address(key, ""), NOTHING).build(), BodyHandlers.ofInputStream());
        if (response.statusCode() == OK) {
            return response.body();
        }
        try (InputStream body = response.body()) {
            throw new S3Refused("GET " + key, response.statusCode(), code(body.readNBytes(MOST_ERROR)));
        }
    }

    private HttpRequest.Builder request(String method, URI address, String payloadHash) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(RESPONSE);
        signature
                .sign(method, address, payloadHash, credentials.get(), clock.instant())
                .forEach(request::header);
        return request;
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return client.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static S3Refused refused(String what, HttpResponse<byte[]> response) {
        return new S3Refused(what, response.statusCode(), code(response.body()));
    }

    private static String code(byte[] body) {
        String text = new String(body, 0, Math.min(body.length, MOST_ERROR), StandardCharsets.UTF_8);
        Matcher code = CODE.matcher(text);
        return code.find() ? code.group(1) : "";
    }

    private static String key(String text, boolean encoded) {
        return encoded ? UriText.decode(text) : unescaped(text);
    }

    private static String unescaped(String text) {
        return text.replace("&quot;", "\"")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
