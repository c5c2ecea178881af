package io.laneway.k8s.proxied;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The hosts by which Ingresses of a namespace call a Service: a Service takes any, a gateway only those it knows. Immutable.
 *
 * @param own    hosts of this Service alone, which the gateway can take for it
 * @param shared hosts whose paths lead to several Services, which need routes
 */
public record OutsideHosts(Set<String> own, Set<String> shared) {

    public OutsideHosts {
        own = Set.copyOf(own);
        shared = Set.copyOf(shared);
    }

    /** Reads them; hosts that the Service claims already are not among them. Blocks. */
    public static OutsideHosts of(KubernetesClient client, String namespace, String name) {
        Map<String, Set<String>> backends = new HashMap<>();
        for (Ingress ingress :
                client.network().v1().ingresses().inNamespace(namespace).list().getItems()) {
            List<IngressRule> rules =
                    ingress.getSpec() == null ? List.of() : ingress.getSpec().getRules();
            for (IngressRule rule : rules) {
                if (rule.getHost() != null && rule.getHttp() != null) {
                    for (HTTPIngressPath path : rule.getHttp().getPaths()) {
                        String backend = path.getBackend().getService() == null
                                ? ""
                                : path.getBackend().getService().getName();
                        backends.computeIfAbsent(rule.getHost(), any -> new TreeSet<>())
                                .add(backend);
                    }
                }
            }
        }
        Set<String> claimed =
                claimed(client.services().inNamespace(namespace).withName(name).get());
        Set<String> own = new TreeSet<>();
        Set<String> shared = new TreeSet<>();
        backends.forEach((host, services) -> {
            if (services.contains(name) && !claimed.contains(host)) {
                (services.size() == 1 ? own : shared).add(host);
            }
        });
        return new OutsideHosts(own, shared);
    }

    /** What the Service claims now and these, as its annotation has them. */
    public String with(@Nullable Service service) {
        Set<String> all = new TreeSet<>(own);
        all.addAll(claimed(service));
        return String.join(",", all);
    }

    private static Set<String> claimed(@Nullable Service service) {
        Set<String> hosts = new TreeSet<>();
        if (service != null) {
            for (String host :
                    Meta.annotations(service).getOrDefault(Marks.HOSTS, "").split(",")) {
                if (!host.isBlank()) {
                    hosts.add(host.strip());
                }
            }
        }
        return hosts;
    }
}
