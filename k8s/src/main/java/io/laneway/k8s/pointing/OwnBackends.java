package io.laneway.k8s.pointing;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The selector and ports with which a Service leads to its own pods, also while it points at the gateway. What its owners
 * applied over the gateway's labels is theirs: tools that merge (kubectl, Argo CD, Helm) write every label that they want
 * and leave those that they never knew. Immutable.
 */
public record OwnBackends(Map<String, String> selector, List<ServicePort> ports) {

    public OwnBackends {
        selector = Map.copyOf(selector);
        ports = List.copyOf(ports);
    }

    /** Reads what a Service says now and what was noted on it; pure. */
    public static OwnBackends of(Service service) {
        Pointing noted = Pointing.of(service);
        if (noted == null) {
            return new OwnBackends(Meta.selector(service), ports(service));
        }
        JsonNode manifest = noted.newerManifest(service);
        return new OwnBackends(selector(service, noted, manifest), targets(service, noted, manifest));
    }

    /** Whether a Service's selector is that of the gateway it is pointed at, or asks to be. */
    public static boolean pointed(Service service) {
        Pointing noted = Pointing.of(service);
        Map<String, String> selector = Meta.selector(service);
        return (noted != null && selector.equals(noted.at().selector()))
                || (!selector.isEmpty() && selector.equals(wanted(service)));
    }

    /** Whether it was pointed at the gateway and not taken back since, whatever became of its selector. */
    public static boolean noted(Service service) {
        return Pointing.of(service) != null;
    }

    private static @Nullable Map<String, String> wanted(Service service) {
        try {
            return GatewayPods.wanted(service).selector();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The gateway's pods that a Service was pointed at; null if nothing is noted. */
    public static @Nullable GatewayPods at(Service service) {
        Pointing noted = Pointing.of(service);
        return noted == null ? null : noted.at();
    }

    /** Those of a Service that points at the gateway without notes, as the Service beside it has them. */
    public static OwnBackends of(Service service, Service twin) {
        Map<String, IntOrString> targets = new HashMap<>();
        ports(twin).forEach(port -> targets.put(Pointing.key(port), Pointing.target(port)));
        List<ServicePort> own = ports(service).stream()
                .map(port -> new ServicePortBuilder(port)
                        .withTargetPort(targets.getOrDefault(Pointing.key(port), Pointing.target(port)))
                        .build())
                .toList();
        return new OwnBackends(Meta.selector(twin), own);
    }

    /** Whether its selector catches the gateway's pods as well. */
    public boolean selects(GatewayPods gateway) {
        return gateway.selector().entrySet().containsAll(selector.entrySet());
    }

    /** The Service pointed at the gateway, with notes of what it was. Equal to what was given if nothing is to do. */
    public Service pointed(Service service, GatewayPods at) {
        List<ServicePort> pointed = ports.stream()
                .map(port -> new ServicePortBuilder(port)
                        .withTargetPort(new IntOrString(at.port()))
                        .build())
                .toList();
        return new ServiceBuilder(service)
                .editMetadata()
                .addToAnnotations(Pointing.notes(selector, ports, at, service))
                .endMetadata()
                .editSpec()
                .withSelector(at.selector())
                .withPorts(pointed)
                .endSpec()
                .build();
    }

    /** The Service as its owners have it, without notes. */
    public Service restored(Service service) {
        return new ServiceBuilder(service)
                .editMetadata()
                .removeFromAnnotations(Marks.OLD_SELECTOR)
                .removeFromAnnotations(Marks.OLD_PORTS)
                .removeFromAnnotations(Marks.POINTED)
                .endMetadata()
                .editSpec()
                .withSelector(selector)
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private static Map<String, String> selector(Service service, Pointing noted, @Nullable JsonNode manifest) {
        if (manifest != null && manifest.path("spec").path("selector").isObject()) {
            return Pointing.texts(manifest.path("spec").path("selector"));
        }
        Map<String, String> changed = new HashMap<>(Meta.selector(service));
        changed.entrySet().removeAll(noted.at().selector().entrySet());
        if (changed.isEmpty()) {
            return noted.selector();
        }
        if (noted.selector().keySet().stream().anyMatch(changed::containsKey)) {
            return changed;
        }
        // An edit of one label by hand, which knew of none of the others.
        changed.putAll(noted.selector());
        return changed;
    }

    private static List<ServicePort> targets(Service service, Pointing noted, @Nullable JsonNode manifest) {
        Map<String, JsonNode> applied = new HashMap<>();
        if (manifest != null) {
            for (JsonNode port : manifest.path("spec").path("ports")) {
                String protocol = port.path("protocol").asText("TCP");
                applied.put(port.path("port").asInt() + "/" + protocol, port.path("targetPort"));
            }
        }
        List<ServicePort> own = new ArrayList<>();
        for (ServicePort port : ports(service)) {
            own.add(new ServicePortBuilder(port)
                    .withTargetPort(target(port, noted, applied.get(Pointing.key(port))))
                    .build());
        }
        return own;
    }

    private static IntOrString target(ServicePort port, Pointing noted, @Nullable JsonNode applied) {
        if (applied != null) {
            return applied.isMissingNode() || applied.isNull()
                    ? new IntOrString(port.getPort())
                    : Pointing.target(applied);
        }
        IntOrString now = Pointing.target(port);
        // One that is neither the gateway's nor noted was set by its owners, and so was that of a port that is new.
        boolean ours = now.equals(new IntOrString(noted.at().port()));
        return ours ? noted.targets().getOrDefault(Pointing.key(port), now) : now;
    }

    private static List<ServicePort> ports(Service service) {
        return service.getSpec() == null || service.getSpec().getPorts() == null
                ? List.of()
                : service.getSpec().getPorts();
    }
}
