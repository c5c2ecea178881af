package io.laneway.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A store with one bucket, {@code bucket}, that speaks as much of S3 as recordings need: put, get and list of objects, with
 * the bucket in the path. It computes each request's signature (AWS Signature Version 4) from what came over the wire, and
 * refuses another. Pages of lists have two objects. Safe for many threads.
 */
public final class S3Server implements AutoCloseable {

    public static final String BUCKET = "bucket";
    public static final String ACCESS_KEY = "AKIAEXAMPLE";
    public static final String SECRET_KEY = "secret/of+the/store";
    private static final int PAGE = 2;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final boolean secure;
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger puts = new AtomicInteger();
    private volatile String error = "";
    private volatile CountDownLatch open = new CountDownLatch(0);

    private S3Server(HttpServer server, boolean secure) {
        this.server = server;
        this.secure = secure;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Starts one on a port of loopback. */
    public static S3Server start() {
        return start(0, null);
    }

    /**
     * Starts one on this port of loopback; 0 for any.
     *
     * @param tls null for none
     */
    public static S3Server start(int port, @Nullable SSLContext tls) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            if (tls == null) {
                return new S3Server(HttpServer.create(address, 0), false);
            }
            HttpsServer server = HttpsServer.create(address, 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            return new S3Server(server, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String endpoint() {
        return (secure ? "https://localhost:" : "http://127.0.0.1:") + port();
    }

    /** Objects by their keys, in the order of keys. */
    public Map<String, byte[]> objects() {
        return objects;
    }

    /** Requests whose signature was another. */
    public int refused() {
        return refused.get();
    }

    /** Calls to put an object, also those that were refused. */
    public int puts() {
        return puts.get();
    }

    /** Answers puts with an error such as {@code 403 AccessDenied} from now on; empty for none. */
    public void answers(String error) {
        this.error = error;
    }

    /** Answers nothing from now on, until another call changes that. */
    public void hang(boolean hangs) {
        CountDownLatch before = open;
        open = new CountDownLatch(hangs ? 1 : 0);
        before.countDown();
    }

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try (exchange) {
            open.await();
            String problem = problem(exchange, body);
            if (!problem.isEmpty()) {
                refused.incrementAndGet();
                error(exchange, "403 SignatureDoesNotMatch", problem);
                return;
            }
            String path = exchange.getRequestURI().getPath();
            if (!path.startsWith("/" + BUCKET + "/")) {
                error(exchange, "404 NoSuchBucket", path);
                return;
            }
            String key = path.substring(BUCKET.length() + 2);
            if (exchange.getRequestMethod().equals("PUT")) {
                put(exchange, key, body);
            } else if (key.isEmpty()) {
                list(exchange, query(exchange));
            } else {
                get(exchange, key);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        puts.incrementAndGet();
        if (!error.isEmpty()) {
            error(exchange, error, key);
            return;
        }
        objects.put(key, body);
        exchange.sendResponseHeaders(200, -1);
    }

    private void get(HttpExchange exchange, String key) throws IOException {
        byte[] object = objects.get(key);
        if (object == null) {
            error(exchange, "404 NoSuchKey", key);
            return;
        }
        exchange.sendResponseHeaders(200, object.length);
        exchange.getResponseBody().write(object);
    }

    private void list(HttpExchange exchange, Map<String, String> query) throws IOException {
        String after = query.getOrDefault("continuation-token", "");
        List<String> keys = new ArrayList<>();
        for (String key : objects.keySet()) {
            if (key.startsWith(query.getOrDefault("prefix", "")) && key.compareTo(after) > 0 && keys.size() <= PAGE) {
                keys.add(key);
            }
        }
        StringBuilder xml =
                new StringBuilder("<?xml version=\"1.0\"?><ListBucketResult><EncodingType>url</EncodingType>");
        for (String key : keys.subList(0, Math.min(PAGE, keys.size()))) {
            xml.append("<Contents><Key>")
                    .append(URLEncoder.encode(key, StandardCharsets.UTF_8))
                    .append("</Key><Size>")
                    .append(objects.getOrDefault(key, new byte[0]).length)
                    .append("</Size></Contents>");
        }
        if (keys.size() > PAGE) {
            xml.append("<NextContinuationToken>").append(keys.get(PAGE - 1)).append("</NextContinuationToken>");
        }
        respond(exchange, 200, xml.append("</ListBucketResult>").toString());
    }

    private static void error(HttpExchange exchange, String statusAndCode, String message) throws IOException {
        int space = statusAndCode.indexOf(' ');
        respond(
                exchange,
                Integer.parseInt(statusAndCode.substring(0, space)),
                "<Error><Code>" + statusAndCode.substring(space + 1) + "</Code><Message>" + message
                        + "</Message></Error>");
    }

    private static void respond(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> query = new TreeMap<>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** What is wrong with the signature; empty if nothing is. */
    private static String problem(HttpExchange exchange, byte[] body) {
        try {
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            Map<String, String> parts = new TreeMap<>();
            for (String part : given.substring(given.indexOf(' ') + 1).split(",")) {
                int equals = part.indexOf('=');
                parts.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            }
            String[] scope = parts.getOrDefault("Credential", "").split("/");
            String hash = hex(MessageDigest.getInstance("SHA-256").digest(body));
            if (!hash.equals(exchange.getRequestHeaders().getFirst("x-amz-content-sha256"))) {
                return "another payload";
            }
            if (scope.length != 5 || !scope[0].equals(ACCESS_KEY)) {
                return "another access key";
            }
            String names = parts.getOrDefault("SignedHeaders", "");
            StringBuilder canonical = new StringBuilder(exchange.getRequestMethod())
                    .append('\n')
                    .append(exchange.getRequestURI().getRawPath())
                    .append('\n')
                    .append(sortedQuery(exchange))
                    .append('\n');
            for (String name : names.split(";")) {
                canonical
                        .append(name)
                        .append(':')
                        .append(exchange.getRequestHeaders().getFirst(name))
                        .append('\n');
            }
            canonical.append('\n').append(names).append('\n').append(hash);
            String text = "AWS4-HMAC-SHA256\n" + exchange.getRequestHeaders().getFirst("x-amz-date") + "\n" + scope[1]
                    + "/" + scope[2] + "/" + scope[3] + "/" + scope[4] + "\n"
                    + hex(MessageDigest.getInstance("SHA-256").digest(bytes(canonical.toString())));
            byte[] key = bytes("AWS4" + SECRET_KEY);
            for (int i = 1; i < scope.length; i++) {
                key = hmac(key, scope[i]);
            }
            return hex(hmac(key, text)).equals(parts.get("Signature")) ? "" : "another signature";
        } catch (GeneralSecurityException | RuntimeException e) {
            return e.toString();
        }
    }

    private static String sortedQuery(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawQuery();
        return raw == null
                ? ""
                : String.join("&", Arrays.stream(raw.split("&")).sorted().toList());
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void close() {
        hang(false);
        server.stop(0);
        threads.shutdownNow();
    }
}
