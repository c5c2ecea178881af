package io.laneway.k8s.host;

import io.laneway.router.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The names by which services are called inside the cluster. On internal listeners they are hosts like any other, so
 * that one that is claimed as a host would be taken from its service. Confined to one thread.
 */
final class ClusterNames {

    private static final List<String> RESERVED = List.of(".svc", ".svc.cluster.local");

    private final Map<String, TreeSet<ServiceId>> services = new HashMap<>();

    /** Adds a service; its names. */
    List<String> add(ServiceId service) {
        List<String> names = names(service);
        names.forEach(
                name -> services.computeIfAbsent(name, any -> new TreeSet<>()).add(service));
        return names;
    }

    /** Takes a service out; its names. */
    List<String> remove(ServiceId service) {
        List<String> names = names(service);
        for (String name : names) {
            TreeSet<ServiceId> all = services.get(name);
            if (all != null && all.remove(service) && all.isEmpty()) {
                services.remove(name);
            }
        }
        return names;
    }

    /** The service that has a name, unless it is this one. */
    @Nullable
    ServiceId owner(String name, ServiceId but) {
        TreeSet<ServiceId> all = services.get(name);
        return all == null || all.contains(but) ? null : all.first();
    }

    /** Whether a service is called so. */
    boolean has(String name, ServiceId service) {
        return services.getOrDefault(name, new TreeSet<>()).contains(service);
    }

    /** Whether a host or pattern covers names below the cluster's domain, of services that may be yet to come. */
    static boolean reserved(String host) {
        return RESERVED.stream().anyMatch(suffix -> host.endsWith(suffix) || HostRules.covers(host, "x" + suffix));
    }

    private static List<String> names(ServiceId service) {
        String name = service.name().toLowerCase(Locale.ROOT);
        String namespace = service.namespace();
        List<String> names = new ArrayList<>(List.of(name));
        if (namespace != null) {
            String full = name + "." + namespace.toLowerCase(Locale.ROOT);
            names.addAll(List.of(full, full + ".svc", full + ".svc.cluster.local"));
        }
        return names;
    }
}
