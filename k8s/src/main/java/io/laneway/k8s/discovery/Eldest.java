package io.laneway.k8s.discovery;

import io.laneway.router.model.service.ServiceId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Of each name that services of several namespaces have, the service that was there first: what is edited without a
 * namespace stays with it. By creation time, and by name within a second, so that a restart changes nothing. A change costs
 * its own name. Confined to one thread.
 */
final class Eldest {

    private final Map<String, TreeSet<Aged>> byName = new HashMap<>();
    private final Map<ServiceId, Aged> known = new HashMap<>();
    private final Map<String, ServiceId> shared = new HashMap<>();
    private Set<ServiceId> eldest = Set.of();

    /** When the oldest Service of a logical service was created. */
    private record Aged(ServiceId id, String created) implements Comparable<Aged> {

        private static final Comparator<Aged> OLDER =
                Comparator.comparing(Aged::created).thenComparing(Aged::id);

        @Override
        public int compareTo(Aged other) {
            return OLDER.compare(this, other);
        }
    }

    /** @param created of its oldest Service; null if there is none any more */
    void put(ServiceId id, @Nullable String created) {
        if (id.namespace() == null) {
            return;
        }
        Aged now = created == null ? null : new Aged(id, created);
        Aged old = now == null ? known.remove(id) : known.put(id, now);
        if (now == null ? old == null : now.equals(old)) {
            return;
        }
        TreeSet<Aged> all = byName.computeIfAbsent(id.name(), any -> new TreeSet<>());
        if (old != null) {
            all.remove(old);
        }
        if (now != null) {
            all.add(now);
        }
        if (all.isEmpty()) {
            byName.remove(id.name());
        }
        ServiceId first = all.size() > 1 ? all.first().id() : null;
        ServiceId before = first == null ? shared.remove(id.name()) : shared.put(id.name(), first);
        if (first == null ? before != null : !first.equals(before)) {
            eldest = Set.copyOf(new HashSet<>(shared.values()));
        }
    }

    /** The first of each name that several have; the same set as long as nothing changed. */
    Set<ServiceId> all() {
        return eldest;
    }
}
