package io.laneway.gateway.upstream.endpoint;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The order in which the addresses of one endpoint are tried, and the memory of those that took no connection (RFC 8305
 * section 4). Safe for many threads.
 */
public final class Addresses {

    /** So long an address that failed comes behind the others. */
    static final long MEMORY = TimeUnit.MINUTES.toNanos(1);

    private final Map<InetAddress, Long> failures = new ConcurrentHashMap<>();
    private volatile Set<InetAddress> current = Set.of();

    /** Takes note of what its name resolves to now; returns whether that is new. */
    public synchronized boolean now(List<InetAddress> all) {
        Set<InetAddress> before = current;
        if (before.size() == all.size() && before.containsAll(all)) {
            return false;
        }
        current = Set.copyOf(all);
        return !before.isEmpty();
    }

    /** Whether its name does not say this address any more. */
    public boolean gone(@Nullable InetAddress address) {
        Set<InetAddress> now = current;
        return address != null && !now.isEmpty() && !now.contains(address);
    }

    /** It took a connection. */
    public void took(InetAddress address) {
        if (!failures.isEmpty()) {
            failures.remove(address);
        }
    }

    /** It did not, at that time in nanoseconds. */
    public void failed(InetAddress address, long now) {
        failures.put(address, now);
    }

    /**
     * Those without a failure first, IPv6 and IPv4 by turns and by chance within a family, so that load spreads; then the
     * others, the one that failed longest ago first.
     */
    public List<InetAddress> order(List<InetAddress> all, SplittableRandom random, long now) {
        if (all.size() == 1) {
            return all;
        }
        failures.keySet().retainAll(all);
        List<InetAddress> v6 = new ArrayList<>();
        List<InetAddress> v4 = new ArrayList<>();
        List<InetAddress> late = new ArrayList<>();
        for (InetAddress address : all) {
            Long at = failures.get(address);
            boolean fails = at != null && now - at < MEMORY;
            (fails ? late : address instanceof Inet6Address ? v6 : v4).add(address);
        }
        shuffle(v6, random);
        shuffle(v4, random);
        List<InetAddress> ordered = new ArrayList<>(all.size());
        for (int i = 0; i < Math.max(v6.size(), v4.size()); i++) {
            ordered.addAll(v6.subList(Math.min(i, v6.size()), Math.min(i + 1, v6.size())));
            ordered.addAll(v4.subList(Math.min(i, v4.size()), Math.min(i + 1, v4.size())));
        }
        late.sort(Comparator.comparingLong(address -> failures.getOrDefault(address, now) - now));
        ordered.addAll(late);
        return ordered;
    }

    private static void shuffle(List<InetAddress> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            InetAddress swapped = list.set(i, list.get(other));
            list.set(other, swapped);
        }
    }
}
