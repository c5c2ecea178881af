package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.laneway.k8s.discovery.Identity;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.pointing.OwnBackends;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the Service beside a proxied one: same pods, same ports, its service and lane by name. Pure. */
final class Twin {

    /** Labels by which tools know what is theirs: what they did not make they would take away or report. */
    private static final Set<String> OF_TOOLS =
            Set.of("app.kubernetes.io/instance", "app.kubernetes.io/managed-by", "helm.sh/chart", "laneway.io/owner");

    private Twin() {}

    /** Whether a Service was made beside another. */
    static boolean madeFor(Service twin, Service service) {
        return service.getMetadata().getName().equals(Meta.annotations(twin).get(Marks.MADE_FOR));
    }

    /** Whether its owner is the Service that is there now; that of one that was deleted goes with it. */
    static boolean ownedBy(Service twin, Service service) {
        return twin.getMetadata().getOwnerReferences().contains(owner(service));
    }

    static Service of(Service service, OwnBackends own, Identity identity, String name) {
        Map<String, String> labels = new HashMap<>(Meta.labels(service));
        labels.keySet().removeIf(label -> OF_TOOLS.contains(label) || label.startsWith("argocd.argoproj.io/"));
        Service empty = new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(Meta.namespace(service))
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .withIpFamilies(service.getSpec().getIpFamilies())
                .withIpFamilyPolicy(service.getSpec().getIpFamilyPolicy())
                .withPublishNotReadyAddresses(service.getSpec().getPublishNotReadyAddresses())
                .endSpec()
                .build();
        return like(empty, service, own, identity);
    }

    /** The same Service leading where the proxied one would now; equal to what was given if it does. */
    static Service like(Service twin, Service service, OwnBackends own, Identity identity) {
        return new ServiceBuilder(twin)
                .editMetadata()
                .addToAnnotations(Marks.MADE_FOR, service.getMetadata().getName())
                // Labels may be those of the gateway, and a lane's name no label value.
                .addToAnnotations(Marks.SERVICE, identity.service().name())
                .addToAnnotations(Marks.LANE, identity.lane())
                .withOwnerReferences(owner(service))
                .endMetadata()
                .editSpec()
                .withSelector(own.selector())
                .withPorts(ports(twin, own))
                .endSpec()
                .build();
    }

    private static List<ServicePort> ports(Service twin, OwnBackends own) {
        List<ServicePort> ports = own.ports().stream()
                .map(port -> new ServicePortBuilder(port).withNodePort(null).build())
                .toList();
        return ports.equals(twin.getSpec().getPorts()) ? twin.getSpec().getPorts() : ports;
    }

    private static OwnerReference owner(Service service) {
        return new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Service")
                .withName(service.getMetadata().getName())
                .withUid(service.getMetadata().getUid())
                .build();
    }
}
