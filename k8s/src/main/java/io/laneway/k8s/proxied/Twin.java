package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.laneway.k8s.discovery.Marks;
import io.laneway.k8s.discovery.Meta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the Service beside a proxied one: same pods, same ports, its lane by name. Pure. */
final class Twin {

    /** Annotation of a twin: the Service that it was made for. */
    static final String MADE_FOR = "laneway.io/made-for";

    private Twin() {}

    static Service of(Service service, String name, String base) {
        Map<String, String> labels = new HashMap<>(Meta.labels(service));
        labels.putIfAbsent(
                "app",
                Meta.selector(service).getOrDefault("app", service.getMetadata().getName()));
        labels.put("version", base);
        Map<String, String> notes = new HashMap<>();
        Meta.annotations(service).forEach((key, value) -> {
            if (key.equals(Marks.SERVICE)) {
                notes.put(key, value);
            }
        });
        notes.put(MADE_FOR, service.getMetadata().getName());
        // A base lane whose name is no label value is still said.
        notes.put(Marks.LANE, base);
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(Meta.namespace(service))
                .withName(name)
                .withLabels(labels)
                .withAnnotations(notes)
                .withOwnerReferences(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Service")
                        .withName(service.getMetadata().getName())
                        .withUid(service.getMetadata().getUid())
                        .build())
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withSelector(Meta.selector(service))
                .withPorts(ports(service))
                .endSpec()
                .build();
    }

    private static List<ServicePort> ports(Service service) {
        return service.getSpec().getPorts().stream()
                .map(port -> new ServicePortBuilder(port).withNodePort(null).build())
                .toList();
    }
}
