package io.laneway.k8s.testkit.api;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.MockWebServer;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.k8s.discovery.LaneStyle;
import io.laneway.k8s.inject.InjectionServer;
import io.laneway.k8s.inject.PemTls;
import io.laneway.k8s.inject.PodInjector;
import io.laneway.k8s.inject.SidecarTemplate;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.proxied.GatewayView;
import io.laneway.k8s.proxied.ProxyController;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.source.TableEditor;
import io.laneway.router.table.delta.TableChange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A namespace {@code shop} with pods of {@code order}, a gateway's pod that has the table at once, the controller, and a
 * caller inside the cluster that never stops. Calls are modelled: they go where EndpointSlices lead, and from the gateway
 * where the last overlay leads.
 */
public final class ProxiedShop implements AutoCloseable {

    private static final String GATEWAY = "10.0.0.99";
    private static final int POD_PORT = 7000;

    private final RuledApiServer api;
    private final String service;
    private @Nullable InjectionServer webhook;
    private final KubernetesClient client;
    private final KubernetesDeployments deployments;
    private final ProxyController controller;
    private final Overlays overlays = new Overlays();
    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final Thread caller = new Thread(this::call, "caller");
    private final MockWebServer certificates = new MockWebServer();
    private volatile boolean running = true;
    private volatile int connected = 1;
    private final AtomicLong calls = new AtomicLong();

    public ProxiedShop(long lagMillis, KubernetesConfig config) throws IOException {
        api = new RuledApiServer(lagMillis);
        service = config.rules().style() == LaneStyle.NAMESPACES ? "order" : "order.shop";
        client = Clients.open(new Connection(null, null, api.url(), null, null));
        deployments = new KubernetesDeployments(client, config);
        deployments.start(overlays);
        GatewayView gateways = revision -> new GatewayView.Applied(connected, connected);
        controller = new ProxyController(client, config.rules(), deployments.proxied(), new Published(), gateways);
        controller.start();
    }

    public RuledApiServer api() {
        return api;
    }

    public KubernetesClient client() {
        return client;
    }

    public KubernetesDeployments deployments() {
        return deployments;
    }

    public Overlays overlays() {
        return overlays;
    }

    /** From now on the program's own webhook is asked about Services. */
    public void webhook() throws IOException {
        try {
            certificates.useHttps();
            certificates.start();
            var pem = certificates.getSelfSignedCertificate();
            PemTls tls = new PemTls(Path.of(pem.certificatePath()), Path.of(pem.privateKeyPath()));
            SidecarTemplate template = new SidecarTemplate("laneway:1", "c", "s", "http://127.0.0.1:15001");
            webhook = new InjectionServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    tls,
                    new PodInjector(template, "version"));
            api.serviceWebhook("https://localhost:" + webhook.port() + "/inject");
        } catch (IllegalStateException e) {
            throw new IOException(e);
        }
    }

    /** The control API is gone; the gateway keeps the table that it has. */
    public void stopControl() {
        controller.close();
        deployments.close();
    }

    /** How many gateways follow the control API. */
    public void connected(int gateways) {
        connected = gateways;
    }

    /** A ready pod with a port {@code web}, also called {@code http}. */
    public void pod(String name, String address, Map<String, String> labels) {
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("app")
                        .addNewPort()
                        .withName("web")
                        .withContainerPort(POD_PORT)
                        .endPort()
                        .addNewPort()
                        .withName("http")
                        .withContainerPort(POD_PORT)
                        .endPort()
                        .endContainer()
                        .endSpec()
                        .withNewStatus()
                        .withPodIP(address)
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .endCondition()
                        .endStatus()
                        .build())
                .create();
    }

    /** The gateway's pod. */
    public void gateway() {
        gateway(GatewayPods.DEFAULT);
    }

    /** The gateway's pod with labels of its own. */
    public void gateway(GatewayPods pods) {
        pod("gateway", GATEWAY, pods.selector());
    }

    public @Nullable Service get(String name) {
        return client.services().inNamespace("shop").withName(name).get();
    }

    /** The caller starts when {@code order} has endpoints. */
    public void callAllTheTime() {
        await().until(() -> problem() == null);
        caller.setDaemon(true);
        caller.start();
    }

    /** What became of calls that failed; none should. */
    public List<String> lost() {
        return lost;
    }

    public long calls() {
        return calls.get();
    }

    private void call() {
        while (running) {
            String problem = problem();
            if (!running) {
                return;
            }
            calls.incrementAndGet();
            if (problem != null) {
                lost.add(problem + " with " + get("order"));
            }
        }
    }

    /** Where a call fails now that takes the worst endpoint each time; null if it cannot. */
    private @Nullable String problem() {
        List<EndpointSlice> slices = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("shop")
                .withLabel("kubernetes.io/service-name", "order")
                .list()
                .getItems();
        boolean some = false;
        for (EndpointSlice slice : slices) {
            for (var endpoint : slice.getEndpoints()) {
                String address = endpoint.getAddresses().get(0);
                int port =
                        slice.getPorts().isEmpty() ? 0 : slice.getPorts().get(0).getPort();
                some = true;
                if (address.equals(GATEWAY)) {
                    String behind = port == GatewayPods.DEFAULT.port() ? behindTheGateway() : "gateway port " + port;
                    if (behind != null) {
                        return behind;
                    }
                } else if (port != POD_PORT) {
                    return address + " port " + port;
                }
            }
        }
        return some ? null : "no endpoints";
    }

    private @Nullable String behindTheGateway() {
        Deployment base = overlays.deployment(service, "master");
        if (base == null) {
            return "no base deployment";
        }
        List<Endpoint> usable = base.ports().get(0).endpoints().stream()
                .filter(Endpoint::usable)
                .toList();
        if (usable.isEmpty()) {
            return "base lane without endpoints";
        }
        return usable.stream()
                .map(Endpoint::address)
                .filter(address -> !address.endsWith(":" + POD_PORT) || address.startsWith(GATEWAY))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        running = false;
        try {
            caller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (webhook != null) {
            webhook.close();
            certificates.shutdown();
        }
        controller.close();
        deployments.close();
        client.close();
        api.close();
    }

    /** A table of what was discovered, published at once. */
    private final class Published implements TableEditor {

        @Override
        public LaneTable current() {
            return LaneTable.EMPTY;
        }

        @Override
        public LaneTable published() {
            return new LaneTable(
                    overlays.count(),
                    "master",
                    LaneTable.EMPTY.carriers(),
                    List.of(),
                    overlays.last().services(),
                    List.of(),
                    List.of());
        }

        @Override
        public CompletionStage<Long> apply(String owner, String why, List<TableChange> changes) {
            throw new UnsupportedOperationException();
        }
    }
}
