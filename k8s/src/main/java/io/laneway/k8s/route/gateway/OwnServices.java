package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayInfrastructure;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.router.text.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a Service for each of our Gateways, beside the edge's own, with addresses that no other Gateway has: its ports lead to
 * ports of the gateways that are this Gateway's alone. Which these may be is said by annotations of the edge's Service.
 * docs/decisions/0540. Blocks; confined to one thread.
 */
final class OwnServices {

    /** Annotation of the edge's Service: ports of its gateways without TLS, such as {@code 20000-20015}. */
    static final String PLAIN = "laneway.io/gateway-ports";

    /** Annotation of the edge's Service: ports of its gateways that end TLS or pass it on. */
    static final String TLS = "laneway.io/gateway-tls-ports";

    /** Label of the Services that are kept here. */
    static final String LABEL = "laneway.io/of-gateway";

    private static final Logger log = LoggerFactory.getLogger(OwnServices.class);

    /** Annotation with {@code namespace/name} of the Gateway. */
    private static final String KEY = "laneway.io/gateway-key";

    /** The Gateway API's own label for what is made for a Gateway. */
    private static final String NAME = "gateway.networking.k8s.io/gateway-name";

    private static final int MAX_LABEL = 63;
    private static final String BALANCED = "LoadBalancer";

    /** How many bytes of the hash of a Gateway's key the name of its Service has. */
    private static final int HASHED = 6;

    private final KubernetesClient client;
    private final Service edge;
    private final PortRange plain;
    private final PortRange tls;
    private final Map<String, Service> present = new HashMap<>();
    private final Map<String, String> lacks = new HashMap<>();
    private final Set<Integer> used = new HashSet<>();
    private boolean settled = true;

    private OwnServices(KubernetesClient client, Service edge) {
        this.client = client;
        this.edge = edge;
        this.plain = PortRange.of(Meta.annotations(edge).getOrDefault(PLAIN, ""));
        this.tls = PortRange.of(Meta.annotations(edge).getOrDefault(TLS, ""));
    }

    /** Whether a Service of the edge says which ports its gateways have to spare. */
    static boolean isOffered(Service service) {
        return Meta.annotations(service).containsKey(PLAIN)
                || Meta.annotations(service).containsKey(TLS);
    }

    /** Makes, mends and removes Services until each Gateway has its own, as far as there are ports. */
    static OwnServices keep(KubernetesClient client, Service edge, Collection<Gateway> ours) {
        OwnServices all = new OwnServices(client, edge);
        all.read(ours);
        ours.forEach(all::keep);
        return all;
    }

    /** False if something is to be tried again, or a Service was made whose address is not known yet. */
    boolean settled() {
        return settled;
    }

    /** The Service of a Gateway, null if it has none. */
    @Nullable
    Service of(String gateway) {
        return present.get(gateway);
    }

    /** Why a Gateway has no Service, or not all ports there; null if nothing is missing. */
    @Nullable
    String lack(String gateway) {
        return lacks.get(gateway);
    }

    private void read(Collection<Gateway> ours) {
        Set<String> keys = new HashSet<>();
        ours.forEach(one -> keys.add(Meta.key(one)));
        for (Service one : client.services()
                .inNamespace(Meta.namespace(edge))
                .withLabel(LABEL)
                .list()
                .getItems()) {
            String key = Meta.annotations(one).getOrDefault(KEY, "");
            if (keys.contains(key)) {
                present.put(key, one);
                targets(one).values().forEach(used::add);
            } else {
                write(one, () -> client.resource(one).delete());
            }
        }
    }

    private void keep(Gateway gateway) {
        String key = Meta.key(gateway);
        Service old = present.get(key);
        Map<Integer, Integer> before = old == null ? Map.of() : targets(old);
        Map<Integer, Integer> targets = new TreeMap<>();
        for (Listener listener : gateway.getSpec().getListeners()) {
            int port = listener.getPort();
            if (!Listeners.serves(gateway, listener) || targets.containsKey(port)) {
                continue;
            }
            boolean secure = Listeners.isSecure(listener) || Listeners.isTls(listener);
            PortRange range = secure ? tls : plain;
            Integer had = before.get(port);
            Integer target = had != null && range.contains(had) ? had : range.free(used);
            if (target == null) {
                lacks.put(
                        key,
                        "port " + port + ": no port of the gateways is left in " + (secure ? TLS : PLAIN)
                                + " of Service " + Meta.key(edge));
            } else {
                used.add(target);
                targets.put(port, target);
            }
        }
        if (targets.isEmpty()) {
            if (old != null) {
                write(old, () -> client.resource(old).delete());
                present.remove(key);
            }
            return;
        }
        Service wanted = made(gateway, targets);
        if (old == null) {
            write(wanted, () -> present.put(key, client.resource(wanted).create()));
        } else if (!says(old, wanted)) {
            Service changed = changed(old, wanted);
            write(changed, () -> present.put(key, client.resource(changed).update()));
        }
    }

    private void write(Service service, Runnable call) {
        settled = false;
        try {
            call.run();
        } catch (KubernetesClientException e) {
            log.atWarn()
                    .addKeyValue("service", Meta.key(service))
                    .addKeyValue("answer", String.valueOf(e.getMessage()))
                    .log("Service of a Gateway not written, will try again");
        }
    }

    private Service made(Gateway gateway, Map<Integer, Integer> targets) {
        GatewayInfrastructure wish = gateway.getSpec().getInfrastructure();
        Map<String, String> labels = wished(wish == null ? Map.of() : wish.getLabels());
        Map<String, String> annotations = wished(wish == null ? Map.of() : wish.getAnnotations());
        labels.put(LABEL, "true");
        name(gateway, labels);
        annotations.put(KEY, Meta.key(gateway));
        annotations.put(Marks.IGNORE, "true");
        List<ServicePort> ports = new ArrayList<>();
        targets.forEach((port, target) -> ports.add(new ServicePortBuilder()
                .withName("port-" + port)
                .withPort(port)
                .withProtocol("TCP")
                .withNewTargetPort(target)
                .build()));
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(Meta.namespace(edge))
                .withName("laneway-gateway-" + HexFormat.of().formatHex(Sha256.of(Meta.key(gateway)), 0, HASHED))
                .withLabels(labels)
                .withAnnotations(annotations)
                .addNewOwnerReference()
                .withApiVersion("v1")
                .withKind("Service")
                .withName(edge.getMetadata().getName())
                .withUid(edge.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withType(edge.getSpec().getType())
                .withExternalTrafficPolicy(edge.getSpec().getExternalTrafficPolicy())
                .withLoadBalancerIP(BALANCED.equals(edge.getSpec().getType()) ? Admission.ip(gateway) : null)
                .withSelector(Meta.selector(edge))
                .withPorts(ports)
                .endSpec()
                .build();
    }

    /** Adds the Gateway API's own label for what is made for a Gateway, if a label can have its name. */
    static void name(Gateway gateway, Map<String, String> labels) {
        String name = gateway.getMetadata().getName();
        if (name.length() <= MAX_LABEL) {
            labels.put(NAME, name);
        }
    }

    /** Without what would make it look like something of the edge's own to us. */
    static Map<String, String> wished(Map<String, String> wish) {
        Map<String, String> kept = new HashMap<>(wish);
        kept.keySet().removeIf(one -> one.startsWith(Marks.PREFIX) || Addresses.LABELS.containsKey(one));
        return kept;
    }

    private static boolean says(Service old, Service wanted) {
        return targets(old).equals(targets(wanted))
                && Meta.selector(old).equals(Meta.selector(wanted))
                && address(old, wanted).equals(address(old, old))
                && saysAll(old, wanted);
    }

    /** The address that a load balancer is to give: as it is where the Gateway asks for none. */
    private static String address(Service old, Service wanted) {
        String asked = wanted.getSpec().getLoadBalancerIP();
        String had = old.getSpec().getLoadBalancerIP();
        return asked != null ? asked : had != null ? had : "";
    }

    /** Whether one has the labels and annotations of another. */
    static boolean saysAll(Service old, Service wanted) {
        return Meta.labels(old).entrySet().containsAll(Meta.labels(wanted).entrySet())
                && Meta.annotations(old)
                        .entrySet()
                        .containsAll(Meta.annotations(wanted).entrySet());
    }

    /** Its addresses stay, and what others have written into its metadata. */
    private static Service changed(Service old, Service wanted) {
        String address = address(old, wanted);
        return new ServiceBuilder(old)
                .editMetadata()
                .addToLabels(Meta.labels(wanted))
                .addToAnnotations(Meta.annotations(wanted))
                .endMetadata()
                .editSpec()
                .withSelector(Meta.selector(wanted))
                .withPorts(wanted.getSpec().getPorts())
                .withLoadBalancerIP(address.isEmpty() ? null : address)
                .endSpec()
                .build();
    }

    /** The gateways' port by each port of a Service. */
    static Map<Integer, Integer> targets(Service service) {
        Map<Integer, Integer> targets = new TreeMap<>();
        for (ServicePort one : service.getSpec().getPorts()) {
            Integer number =
                    one.getTargetPort() == null ? null : one.getTargetPort().getIntVal();
            if (number != null) {
                targets.put(one.getPort(), number);
            }
        }
        return targets;
    }
}
