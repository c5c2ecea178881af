package io.laneway.gateway.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server of an issuer's keys that answers with what a test wants, counts how often it is asked, and may be held. */
public final class KeyPublisher implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer server;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile int status = 200;
    private volatile String document = "{}";

    /** A publisher of these keys. */
    public KeyPublisher(TokenKey... keys) {
        this(null, keys);
    }

    /** A publisher of these keys, over TLS with that server's certificate unless that is null. */
    public KeyPublisher(@Nullable TestTls tls, TokenKey... keys) {
        publish(keys);
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(any, 0);
            } else {
                HttpsServer secure = HttpsServer.create(any, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls.context()));
                server = secure;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/jwks.json", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** Where the keys are. */
    public URI uri() {
        return URI.create((server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:"
                + server.getAddress().getPort() + "/jwks.json");
    }

    /** From now on it answers with these keys. */
    public void publish(TokenKey... keys) {
        answers(200, document(keys));
    }

    /** The JWK Set of these keys. */
    public static String document(TokenKey... keys) {
        return "{\"keys\":[" + Arrays.stream(keys).map(TokenKey::jwk).collect(Collectors.joining(",")) + "]}";
    }

    /** From now on it answers with that. */
    public void answers(int code, String body) {
        document = body;
        status = code;
    }

    /** From now on it answers nothing, until it is released. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    /** Answers all that wait, and those to come. */
    public void release() {
        gate.countDown();
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
