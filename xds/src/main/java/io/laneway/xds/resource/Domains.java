package io.laneway.xds.resource;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The host names of each service, as strangers may name it and as our own may; none belongs to two services, since an Envoy
 * refuses routes as a whole where one does. Immutable. docs/concepts/decision.md#service.
 */
record Domains(Map<ServiceId, List<String>> external, Map<ServiceId, List<String>> internal) {

    static Domains of(LaneTable table) {
        Map<ServiceId, List<String>> external = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (Service service : table.services()) {
            for (String host : service.hosts()) {
                String name = host.toLowerCase(Locale.ROOT);
                if (taken.add(name)) {
                    external.computeIfAbsent(service.id(), id -> new ArrayList<>())
                            .add(name);
                }
            }
        }
        Map<ServiceId, List<String>> internal = new HashMap<>();
        external.forEach((id, names) -> internal.put(id, new ArrayList<>(names)));
        Map<String, Integer> bare = bare(table.services());
        for (Service service : table.services()) {
            for (String name : names(service.id(), bare)) {
                if (taken.add(name)) {
                    internal.computeIfAbsent(service.id(), id -> new ArrayList<>())
                            .add(name);
                }
            }
        }
        return new Domains(external, internal);
    }

    /** How many services have each name, of which one without a namespace takes it alone. */
    private static Map<String, Integer> bare(List<Service> services) {
        Map<String, Integer> bare = new HashMap<>();
        for (Service service : services) {
            bare.merge(service.id().name().toLowerCase(Locale.ROOT), 1, Integer::sum);
        }
        return bare;
    }

    /** The names that our own have for a service, such as {@code order} and {@code order.shop.svc}. */
    private static List<String> names(ServiceId id, Map<String, Integer> bare) {
        String name = id.name().toLowerCase(Locale.ROOT);
        if (id.namespace() == null) {
            return List.of(name);
        }
        String full = name + "." + id.namespace().toLowerCase(Locale.ROOT);
        List<String> names = new ArrayList<>(List.of(full, full + ".svc", full + ".svc.cluster.local"));
        if (bare.getOrDefault(name, 0) == 1) {
            names.add(name);
        }
        return names;
    }

    List<String> external(ServiceId id) {
        return external.getOrDefault(id, List.of());
    }

    List<String> internal(ServiceId id) {
        return internal.getOrDefault(id, List.of());
    }

    /** The names under which gRPC clients ask for a service: {@code xds:///order}; patterns are no names. */
    List<String> targets(ServiceId id) {
        return internal(id).stream().filter(name -> !name.startsWith("*")).toList();
    }
}
