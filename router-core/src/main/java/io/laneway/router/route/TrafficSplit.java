package io.laneway.router.route;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction.Part;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.Matchable;
import io.laneway.router.request.RequestId;
import io.laneway.router.text.Slice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Divides a route's requests among its services by weight. The request's id decides, so that one id leads to the same
 * service at every hop, and explain tells what happens. Immutable.
 */
final class TrafficSplit {

    private static final int BASIS = 0x811c9dc5;
    private static final int PRIME = 0x01000193;

    private final int[] places;
    private final int[] ports;
    private final int[] ends;

    private TrafficSplit(int[] places, int[] ports, int[] ends) {
        this.places = places;
        this.ports = ports;
        this.ends = ends;
    }

    /** The split of a route; null if no service of it is in the table. */
    static @Nullable TrafficSplit of(Route route, Map<ServiceId, Integer> table) {
        if (route.action().redirect() != null) {
            return new TrafficSplit(new int[] {-1}, new int[1], new int[] {1});
        }
        ServiceId service = route.service();
        List<Part> parts =
                service != null ? List.of(new Part(service, 1)) : route.action().split();
        List<Part> known = parts.stream()
                .filter(part -> part.weight() > 0 && table.containsKey(part.service()))
                .toList();
        if (known.isEmpty()) {
            return null;
        }
        int[] places = new int[known.size()];
        int[] ports = new int[known.size()];
        int[] ends = new int[known.size()];
        int sum = 0;
        for (int i = 0; i < places.length; i++) {
            Integer place = table.get(known.get(i).service());
            places[i] = place == null ? -1 : place;
            ports[i] = known.get(i).port();
            sum = Math.addExact(sum, known.get(i).weight());
            ends[i] = sum;
        }
        return new TrafficSplit(places, ports, ends);
    }

    boolean isSingle() {
        return places.length == 1;
    }

    /** The place of a part's service in its table. */
    int place(int part) {
        return places[part];
    }

    /** The port that a part means, 0 for any. */
    int port(int part) {
        return ports[part];
    }

    int part(Matchable request) {
        Slice id = new Slice();
        RequestId.read(request, id);
        int at = Integer.remainderUnsigned(hash(id), ends[ends.length - 1]);
        int part = 0;
        while (at >= ends[part]) {
            part++;
        }
        return part;
    }

    /** FNV-1a, then the last step of murmur3, which spreads what differs in the last bytes alone. */
    private static int hash(Slice id) {
        int hash = BASIS;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.byteAt(i)) * PRIME;
        }
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
