package io.laneway.k8s.certificate;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.client.Refusals;
import io.laneway.k8s.route.gateway.ListenerSecrets;
import io.laneway.router.background.DaemonThreadFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a directory as the HTTPS listeners of our Gateways say: it has the certificates and keys of the Secrets that they
 * name and may name. Beside each gateway at the edge, so that keys leave neither the API server nor the gateway's pod. Works
 * on a thread of its own; safe for many threads.
 */
public final class GatewayCertificates implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(GatewayCertificates.class);
    private static final String DUTY = "certificates";

    private final KubernetesClient client;
    private final String gateway;
    private final CertificateFiles files;
    private final Refusals refusals = new Refusals();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-k8s-certificates"));

    /**
     * @param gateway   our Gateway: {@code name}, {@code namespace/name}, or {@code *} for all of our class
     * @param directory made where it is missing
     */
    public GatewayCertificates(KubernetesClient client, String gateway, Path directory) throws IOException {
        this.client = client;
        this.gateway = gateway;
        this.files = new CertificateFiles(directory);
    }

    /** Reads now, and again after each pause. */
    @SuppressWarnings("FutureReturnValueIgnored")
    public void start(Duration pause) {
        thread.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            files.write(ListenerSecrets.read(client, gateway));
        } catch (KubernetesClientException e) {
            refusals.failed(DUTY, DUTY, e);
        } catch (IOException | RuntimeException e) {
            // Whatever it is: a task that throws would never be run again.
            log.atWarn().setCause(e).log("certificates not written, will try again");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
