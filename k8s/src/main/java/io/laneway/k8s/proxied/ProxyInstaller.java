package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.Marks;
import io.laneway.k8s.discovery.Meta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Points a base Service at the gateway, and back. Each step waits until the one before has taken effect, so that at
 * every moment the Service leads to pods that serve: the base pods themselves, or a gateway that knows the base pods by
 * the Service beside it. A step that was interrupted is done again by the same call. Blocks; safe for many threads.
 */
public final class ProxyInstaller {

    private static final Logger log = LoggerFactory.getLogger(ProxyInstaller.class);
    private static final String OLD_SELECTOR = "laneway.io/old-selector";
    private static final String OLD_PORTS = "laneway.io/old-target-ports";

    private final KubernetesClient client;
    private final ProxySettings settings;
    private final Waiting waiting;

    public ProxyInstaller(KubernetesClient client, ProxySettings settings) {
        this.client = client;
        this.settings = settings;
        this.waiting = new Waiting(client, settings.patience());
    }

    /**
     * Installs the pattern.
     *
     * @param applied whether every gateway knows the base pods by the new Service; asked until it says so
     * @throws IllegalStateException if the Service is not fit for it, or a step took longer than allowed; what was
     *     changed until then keeps serving
     */
    public void install(String namespace, String name, BooleanSupplier applied) {
        Service service = get(namespace, name);
        if (Meta.proxied(service)) {
            return;
        }
        if (Meta.selector(service).isEmpty()) {
            throw new IllegalStateException("Service " + Meta.key(service) + ": no selector (expected: one)");
        }
        String twinName = twinName(name);
        Service twin =
                client.services().inNamespace(namespace).withName(twinName).get();
        if (twin == null) {
            client.resource(Twin.of(service, twinName, settings.base())).create();
        } else if (!name.equals(Meta.annotations(twin).get(Twin.MADE_FOR))
                && !Meta.selector(twin).equals(Meta.selector(service))) {
            throw new IllegalStateException("Service " + Meta.key(twin) + ": selects other pods than " + name
                    + " (expected: the same, or no such Service)");
        }
        waiting.until("endpoints of " + twinName, () -> covers(namespace, twinName, name));
        waiting.until("gateways that know " + twinName, applied);
        waiting.until("gateway pods", this::gatewayReady, namespace);
        // One update under the version read above: there is no moment with half of it.
        client.resource(pointed(service)).update();
        log.atInfo().addKeyValue("service", Meta.key(service)).log("Service points at the gateway");
    }

    /**
     * Puts the Service back and takes the one beside it away.
     *
     * @param applied whether every gateway knows the base pods by the Service itself again
     */
    public void remove(String namespace, String name, BooleanSupplier applied) {
        Service service = get(namespace, name);
        if (Meta.proxied(service)) {
            client.resource(restored(service)).update();
            log.atInfo().addKeyValue("service", Meta.key(service)).log("Service points at its own pods");
        }
        waiting.until("endpoints of " + name, () -> covers(namespace, name, twinName(name)));
        waiting.until("gateways that know " + name, applied);
        Service twin = client.services()
                .inNamespace(namespace)
                .withName(twinName(name))
                .get();
        if (twin != null && name.equals(Meta.annotations(twin).get(Twin.MADE_FOR))) {
            client.resource(twin).delete();
        }
    }

    /** Whether a Service leads to all pods that the other leads to, and to one at least. */
    private boolean covers(String namespace, String name, String other) {
        Set<String> ready = waiting.ready(namespace, name);
        return !ready.isEmpty() && ready.containsAll(waiting.ready(namespace, other));
    }

    private boolean gatewayReady(String namespace) {
        return client.pods().inNamespace(namespace).withLabels(settings.selector()).list().getItems().stream()
                .anyMatch(pod -> pod.getStatus() != null
                        && pod.getStatus().getConditions().stream()
                                .anyMatch(one -> one.getType().equals("Ready")
                                        && one.getStatus().equals("True")));
    }

    private Service get(String namespace, String name) {
        Service service =
                client.services().inNamespace(namespace).withName(name).get();
        if (service == null) {
            throw new IllegalStateException("Service " + namespace + "/" + name + ": not there (expected: a Service)");
        }
        return service;
    }

    private String twinName(String name) {
        return name + "-" + settings.base();
    }

    private Service pointed(Service service) {
        KubernetesSerialization json = client.getKubernetesSerialization();
        Map<String, Object> targets = new HashMap<>();
        service.getSpec().getPorts().forEach(port -> {
            IntOrString target = port.getTargetPort();
            if (target != null) {
                targets.put(String.valueOf(port.getPort()), target.getValue());
            }
        });
        List<ServicePort> ports = service.getSpec().getPorts().stream()
                .map(port -> new ServicePortBuilder(port)
                        .withTargetPort(new IntOrString(settings.port()))
                        .build())
                .toList();
        return new ServiceBuilder(service)
                .editMetadata()
                .addToAnnotations(Marks.PROXIED, "true")
                .addToAnnotations(OLD_SELECTOR, json.asJson(Meta.selector(service)))
                .addToAnnotations(OLD_PORTS, json.asJson(targets))
                .endMetadata()
                .editSpec()
                .withSelector(settings.selector())
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private Service restored(Service service) {
        String selector = Meta.annotations(service).get(OLD_SELECTOR);
        if (selector == null) {
            throw new IllegalStateException("Service " + Meta.key(service) + ": no annotation " + OLD_SELECTOR
                    + " (expected: what the installer noted; set its selector by hand)");
        }
        Map<?, ?> old = client.getKubernetesSerialization().unmarshal(selector, Map.class);
        Map<String, String> labels = new HashMap<>();
        old.forEach((key, value) -> labels.put(String.valueOf(key), String.valueOf(value)));
        return new ServiceBuilder(service)
                .editMetadata()
                .removeFromAnnotations(Marks.PROXIED)
                .removeFromAnnotations(OLD_SELECTOR)
                .removeFromAnnotations(OLD_PORTS)
                .endMetadata()
                .editSpec()
                .withSelector(labels)
                .withPorts(oldPorts(service))
                .endSpec()
                .build();
    }

    private List<ServicePort> oldPorts(Service service) {
        String noted = Meta.annotations(service).getOrDefault(OLD_PORTS, "{}");
        Map<?, ?> targets = client.getKubernetesSerialization().unmarshal(noted, Map.class);
        return service.getSpec().getPorts().stream()
                .map(port -> new ServicePortBuilder(port)
                        .withTargetPort(target(targets.get(String.valueOf(port.getPort()))))
                        .build())
                .toList();
    }

    private static @Nullable IntOrString target(@Nullable Object noted) {
        return noted == null
                ? null
                : noted instanceof Integer number ? new IntOrString(number) : new IntOrString(String.valueOf(noted));
    }
}
