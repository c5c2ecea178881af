package io.laneway.router.route;

import io.laneway.router.carrier.HostPattern;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds a service's place by host, for strangers by the hosts it names, for our own also by its names and by the host
 * patterns of lanes. Immutable. docs/concepts/decision.md#service.
 */
public final class ServiceHosts {

    private final HostMap<Integer> external;
    private final HostMap<Integer> internal;
    private final int[] externalPlaces;
    private final int[] internalPlaces;
    private final Map<HostPattern, Integer> byPattern;
    private final HostPattern[] patterns;

    private ServiceHosts(HostMap<Integer> external, HostMap<Integer> internal, Map<HostPattern, Integer> byPattern) {
        this.external = external;
        this.internal = internal;
        this.externalPlaces = places(external);
        this.internalPlaces = places(internal);
        this.byPattern = byPattern;
        this.patterns = byPattern.keySet().toArray(HostPattern[]::new);
    }

    public static ServiceHosts of(LaneTable table) {
        List<Service> services = table.services();
        Map<String, Integer> hosts = new HashMap<>();
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < services.size(); i++) {
            for (String host : services.get(i).hosts()) {
                hosts.putIfAbsent(host.toLowerCase(Locale.ROOT), i);
            }
        }
        putNames(services, names);
        names.putAll(hosts);
        HostMap<Integer> internal = HostMap.of(names);
        return new ServiceHosts(HostMap.of(hosts), internal, patterns(table.carriers(), internal));
    }

    /** A bare name that several namespaces have, and no service without one, names none of them. */
    private static void putNames(List<Service> services, Map<String, Integer> names) {
        Set<String> ambiguous = new HashSet<>();
        for (int i = 0; i < services.size(); i++) {
            ServiceId id = services.get(i).id();
            String name = id.name().toLowerCase(Locale.ROOT);
            if (id.namespace() != null) {
                String full = name + "." + id.namespace().toLowerCase(Locale.ROOT);
                names.put(full, i);
                names.put(full + ".svc", i);
                names.put(full + ".svc.cluster.local", i);
                if (names.putIfAbsent(name, i) != null) {
                    ambiguous.add(name);
                }
            }
        }
        names.keySet().removeAll(ambiguous);
        for (int i = 0; i < services.size(); i++) {
            if (services.get(i).id().namespace() == null) {
                names.put(services.get(i).id().name().toLowerCase(Locale.ROOT), i);
            }
        }
    }

    private static Map<HostPattern, Integer> patterns(Carriers carriers, HostMap<Integer> internal) {
        Map<HostPattern, Integer> patterns = new LinkedHashMap<>();
        for (String text : carriers.host()) {
            HostPattern pattern = HostPattern.parse(text, "lane");
            Integer place = internal.get(Slice.of(pattern.without()));
            if (place != null) {
                patterns.put(pattern, place);
            }
        }
        return patterns;
    }

    /** The places of exact hosts by their number, as reaching for an object would miss the cache once more. */
    private static int[] places(HostMap<Integer> hosts) {
        int[] places = new int[hosts.exactHosts()];
        for (int i = 0; i < places.length; i++) {
            places[i] = hosts.exactValue(i);
        }
        return places;
    }

    /** The service's place, or -1. */
    public int get(Slice host, boolean internalListener, Slice scratch) {
        HostMap<Integer> hosts = internalListener ? internal : external;
        int number = hosts.exactNumber(host);
        if (number >= 0) {
            return internalListener ? internalPlaces[number] : externalPlaces[number];
        }
        Integer place = hosts.pattern(host, 1);
        if (place == null && internalListener) {
            place = byLanePattern(host, scratch);
        }
        return place == null ? -1 : place;
    }

    /** The place of the service that our own call by this host, or -1. */
    public int named(Slice host) {
        int number = internal.exactNumber(host);
        return number < 0 ? -1 : internalPlaces[number];
    }

    /** Whether a service has this host, or with {@code patterns} a pattern that matches it, as one for strangers. */
    boolean named(Slice host, boolean patterns) {
        return external.exactNumber(host) >= 0 || (patterns && external.pattern(host, 1) != null);
    }

    private @Nullable Integer byLanePattern(Slice host, Slice scratch) {
        for (HostPattern pattern : patterns) {
            if (pattern.match(host, scratch)) {
                return byPattern.get(pattern);
            }
        }
        return null;
    }
}
