package io.laneway.k8s.inject;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionRequest;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponse;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionResponseBuilder;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReview;
import io.fabric8.kubernetes.api.model.admission.v1.AdmissionReviewBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.proxied.ServicePointer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the API server's admission reviews over HTTPS with the patch of a {@link PodInjector} for pods, and of {@link
 * ServicePointer} for Services. Nothing is ever refused: what cannot be read is allowed as it is. Safe for many threads.
 */
public final class InjectionServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InjectionServer.class);
    private static final int MAX_BYTES = 4 * 1024 * 1024;
    private static final int THREADS = 2;
    private static final Duration LOOK = Duration.ofSeconds(30);

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread made = new Thread(task, "laneway-k8s-inject");
        made.setDaemon(true);
        return made;
    });
    private final HttpsServer server;
    private final PodInjector injector;
    private final PemTls tls;

    /**
     * Listens at once.
     *
     * @throws IllegalArgumentException if the files do not hold a certificate and its key
     */
    @SuppressWarnings("FutureReturnValueIgnored")
    public InjectionServer(InetSocketAddress address, PemTls tls, PodInjector injector) throws IOException {
        this.injector = injector;
        this.tls = tls;
        server = HttpsServer.create(address, 0);
        certify();
        threads.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        server.createContext("/inject", this::handle);
        server.createContext("/livez", exchange -> answer(exchange, 200, "ok"));
        server.setExecutor(threads);
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** New connections get the certificate as it is in the files now. */
    void certify() throws IOException {
        SSLContext changed = tls.changed();
        if (changed != null) {
            server.setHttpsConfigurator(new HttpsConfigurator(changed));
        }
    }

    private void look() {
        try {
            certify();
        } catch (IOException | IllegalArgumentException e) {
            log.atWarn().setCause(e).log("new certificate not taken, the old one stays");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(MAX_BYTES + 1);
            if (!exchange.getRequestMethod().equals("POST") || body.length > MAX_BYTES) {
                answer(exchange, 400, "POST of an AdmissionReview of at most 4 MiB expected");
                return;
            }
            AdmissionReview review = json.unmarshal(new String(body, StandardCharsets.UTF_8), AdmissionReview.class);
            answer(exchange, 200, json.asJson(answer(review)));
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("admission review not understood");
            answer(exchange, 400, "an AdmissionReview of admission.k8s.io/v1 expected");
        }
    }

    AdmissionReview answer(AdmissionReview review) {
        AdmissionRequest request = review.getRequest();
        List<Map<String, Object>> patch = patch(request.getOldObject(), request.getObject());
        AdmissionResponse response = new AdmissionResponseBuilder()
                .withUid(request.getUid())
                .withAllowed(true)
                .build();
        if (!patch.isEmpty()) {
            byte[] bytes = json.asJson(patch).getBytes(StandardCharsets.UTF_8);
            response.setPatchType("JSONPatch");
            response.setPatch(Base64.getEncoder().encodeToString(bytes));
        }
        return new AdmissionReviewBuilder().withResponse(response).build();
    }

    private List<Map<String, Object>> patch(@Nullable Object old, @Nullable Object now) {
        if (now instanceof Service service) {
            return ServicePointer.patch(old instanceof Service before ? before : null, service);
        }
        return now instanceof Pod pod ? injector.patch(pod) : List.of();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", status == 200 ? "application/json" : "text/plain");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
