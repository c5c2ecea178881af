package io.laneway.router.route;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.request.Matchable;
import io.laneway.router.request.RequestId;
import io.laneway.router.text.Slice;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
    private final int[] statuses;
    private final int[] numbers;
    private final int[] ends;
    private final @Nullable String[] addresses;

    private TrafficSplit(
            int[] places, int[] ports, int[] statuses, int[] numbers, int[] ends, @Nullable String[] addresses) {
        this.places = places;
        this.ports = ports;
        this.statuses = statuses;
        this.numbers = numbers;
        this.ends = ends;
        this.addresses = addresses;
    }

    /** The split of a route; null if no service of it is in the table. */
    static @Nullable TrafficSplit of(Route route, Map<ServiceId, Integer> table) {
        ServiceId service = route.service();
        if (service == null && route.action().split().isEmpty()) {
            return new TrafficSplit(
                    new int[] {-1}, new int[1], new int[1], new int[1], new int[] {1}, new @Nullable String[1]);
        }
        return of(
                service != null
                        ? List.of(new RoutePart(service, 1))
                        : route.action().split(),
                table);
    }

    private static @Nullable TrafficSplit of(List<RoutePart> all, Map<ServiceId, Integer> table) {
        int[] numbers = IntStream.range(0, all.size())
                .filter(i -> all.get(i).weight() > 0 && leads(all.get(i), table))
                .toArray();
        if (numbers.length == 0) {
            return null;
        }
        int[] places = new int[numbers.length];
        int[] ports = new int[numbers.length];
        int[] statuses = new int[numbers.length];
        int[] ends = new int[numbers.length];
        @Nullable String[] addresses = new @Nullable String[numbers.length];
        int sum = 0;
        for (int i = 0; i < numbers.length; i++) {
            RoutePart part = all.get(numbers[i]);
            Integer place = part.service() == null ? null : table.get(part.service());
            places[i] = place == null ? -1 : place;
            ports[i] = part.port();
            statuses[i] = part.status() == null ? 0 : part.status();
            addresses[i] = part.address();
            sum = Math.addExact(sum, part.weight());
            ends[i] = sum;
        }
        return new TrafficSplit(places, ports, statuses, numbers, ends, addresses);
    }

    private static boolean leads(RoutePart part, Map<ServiceId, Integer> table) {
        return part.service() == null || table.containsKey(part.service());
    }

    boolean isSingle() {
        return places.length == 1;
    }

    /** The place of a part's service in its table. */
    int place(int part) {
        return places[part];
    }

    /** With which status the gateway answers a part itself, 0 where it does not. */
    int status(int part) {
        return statuses[part];
    }

    /** The number of a part among all that the route names, those included that lead nowhere. */
    int number(int part) {
        return numbers[part];
    }

    /** The port that a part means, 0 for any. */
    int port(int part) {
        return ports[part];
    }

    /** The address of a part, null where it has none. */
    @Nullable
    String address(int part) {
        return addresses[part];
    }

    int part(Matchable request) {
        Slice id = new Slice();
        RequestId.read(request, id);
        return part(hash(id));
    }

    /** The part of any number whose bits are spread evenly. */
    int part(int number) {
        int at = Integer.remainderUnsigned(number, ends[ends.length - 1]);
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
