package io.laneway.k8s.inject;

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
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the API server's admission reviews over HTTPS with the patch of a {@link PodInjector} for pods, and of {@link
 * ServicePointer} for Services. Nothing is ever refused: what cannot be read is allowed as it is. Safe for many threads.
 */
public final class InjectionServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InjectionServer.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final TlsServer server;
    private final PodInjector injector;
    private final PemTls tls;
    private volatile boolean ready;

    /** Listens, and is ready when it returns. */
    public InjectionServer(InetSocketAddress address, PemTls tls, PodInjector injector) throws IOException {
        this.injector = injector;
        this.tls = tls;
        server = new TlsServer(address, tls.context(), this::handle);
        tls.use(server::use);
        server.every(LOOK, this::certify);
        server.start();
        WarmUp.run(server.port(), tls.certificate());
        ready = true;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    /** New connections get the certificate as it is in the files now, if that is one. */
    void certify() {
        switch (tls.look()) {
            case SAME -> {}
            case RENEWED -> log.atInfo().addKeyValue("file", tls.certificate()).log("certificate reloaded");
            case REFUSED ->
                log.atWarn().addKeyValue("problem", tls.problem()).log("new certificate not taken, the old one stays");
        }
    }

    private HttpConnection.Response handle(HttpConnection.Request request) {
        return switch (request.path()) {
            case "/livez" -> new HttpConnection.Response(200, "ok");
            case "/readyz" ->
                ready ? new HttpConnection.Response(200, "ok") : new HttpConnection.Response(503, "warming up");
            case "/inject" -> inject(request);
            default -> new HttpConnection.Response(404, "/inject, /livez or /readyz expected");
        };
    }

    private HttpConnection.Response inject(HttpConnection.Request request) {
        if (!request.method().equals("POST")) {
            return new HttpConnection.Response(400, "POST of an AdmissionReview expected");
        }
        try {
            String body = new String(request.body(), StandardCharsets.UTF_8);
            return new HttpConnection.Response(200, json.asJson(answer(json.unmarshal(body, AdmissionReview.class))));
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("admission review not understood");
            return new HttpConnection.Response(400, "an AdmissionReview of admission.k8s.io/v1 expected");
        }
    }

    AdmissionReview answer(AdmissionReview review) {
        AdmissionRequest request = review.getRequest();
        Injection made = made(request.getOldObject(), request.getObject());
        List<Map<String, Object>> patch = made.patch();
        AdmissionResponse response = new AdmissionResponseBuilder()
                .withUid(request.getUid())
                .withAllowed(true)
                .withWarnings(made.warnings())
                .build();
        if (!patch.isEmpty()) {
            byte[] bytes = json.asJson(patch).getBytes(StandardCharsets.UTF_8);
            response.setPatchType("JSONPatch");
            response.setPatch(Base64.getEncoder().encodeToString(bytes));
        }
        return new AdmissionReviewBuilder().withResponse(response).build();
    }

    private Injection made(@Nullable Object old, @Nullable Object now) {
        if (now instanceof Service service) {
            return new Injection(
                    ServicePointer.patch(old instanceof Service before ? before : null, service), List.of());
        }
        return now instanceof Pod pod ? injector.of(pod) : Injection.NONE;
    }

    @Override
    public void close() {
        server.close();
    }
}
