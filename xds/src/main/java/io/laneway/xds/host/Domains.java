package io.laneway.xds.host;

import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The host names of each service, as external clients may name it and as internal ones may; none belongs to two services, since an Envoy
 * refuses routes as a whole where one does. Immutable. docs/concepts/decision.md#service.
 */
public record Domains(Map<ServiceId, List<String>> external, Map<ServiceId, List<String>> internal) {

    /** The hosts of a table. */
    public static Domains of(LaneTable table) {
        Map<ServiceId, List<String>> external = new LinkedHashMap<>();
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
        Map<ServiceId, List<String>> internal = new LinkedHashMap<>();
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

    /** The names that internal clients have for a service, such as {@code order} and {@code order.shop.svc}. */
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

    private List<String> internal(ServiceId id) {
        return internal.getOrDefault(id, List.of());
    }

    /** The service of each host, for external clients. */
    public Map<String, ServiceId> externalHosts() {
        return hosts(external);
    }

    /** The service of each host, for internal clients. */
    public Map<String, ServiceId> internalHosts() {
        return hosts(internal);
    }

    private static Map<String, ServiceId> hosts(Map<ServiceId, List<String>> names) {
        Map<String, ServiceId> hosts = new LinkedHashMap<>();
        names.forEach((id, each) -> each.forEach(host -> hosts.put(host, id)));
        return hosts;
    }

    /** The names under which gRPC clients ask for a service: {@code xds:///order}; patterns are no names. */
    public List<String> targets(ServiceId id) {
        return internal(id).stream().filter(name -> !name.startsWith("*")).toList();
    }
}
