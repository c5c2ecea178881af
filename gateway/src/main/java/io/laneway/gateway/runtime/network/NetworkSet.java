package io.laneway.gateway.runtime.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Addresses of several networks: ranges in order, none of which touches another one, so that a look takes as long as the
 * logarithm of their number. Networks of IPv4 hold no addresses of IPv6, nor the other way round. Immutable.
 */
public final class NetworkSet {

    private final Ranges v4;
    private final Ranges v6;

    public NetworkSet(List<Network> networks) {
        this.v4 = Ranges.of(networks.stream().filter(Network::v4).toList());
        this.v6 = Ranges.of(networks.stream().filter(network -> !network.v4()).toList());
    }

    /** Whether the address is in one of the networks. */
    public boolean contains(IpAddress address) {
        return (address.isV4() ? v4 : v6).contain(address.high(), address.low());
    }

    /** First and last addresses of ranges, each in two halves. */
    private static final class Ranges {

        private final long[] fromHigh;
        private final long[] fromLow;
        private final long[] toHigh;
        private final long[] toLow;

        /** @param apart networks in order that do not touch */
        private Ranges(List<Network> apart) {
            fromHigh = apart.stream().mapToLong(Network::from).toArray();
            fromLow = apart.stream().mapToLong(Network::low).toArray();
            toHigh = apart.stream().mapToLong(Network::lastHigh).toArray();
            toLow = apart.stream().mapToLong(Network::lastLow).toArray();
        }

        static Ranges of(List<Network> networks) {
            List<Network> sorted = new ArrayList<>(networks);
            // a network that holds another one comes before it, and networks never overlap otherwise
            sorted.sort(Comparator.comparing(Network::from, Long::compareUnsigned)
                    .thenComparing(Network::low, Long::compareUnsigned)
                    .thenComparing(Network::bits));
            List<Network> apart = new ArrayList<>();
            for (Network each : sorted) {
                Network last = apart.isEmpty() ? null : apart.get(apart.size() - 1);
                if (last == null || after(each.from(), each.low(), last.lastHigh(), last.lastLow())) {
                    apart.add(each);
                }
            }
            return new Ranges(apart);
        }

        private static boolean after(long high, long low, long thanHigh, long thanLow) {
            int upper = Long.compareUnsigned(high, thanHigh);
            return upper > 0 || (upper == 0 && Long.compareUnsigned(low, thanLow) > 0);
        }

        boolean contain(long high, long low) {
            int from = 0;
            int to = fromHigh.length - 1;
            while (from <= to) {
                int middle = (from + to) >>> 1;
                if (after(fromHigh[middle], fromLow[middle], high, low)) {
                    to = middle - 1;
                } else if (after(high, low, toHigh[middle], toLow[middle])) {
                    from = middle + 1;
                } else {
                    return true;
                }
            }
            return false;
        }
    }
}
