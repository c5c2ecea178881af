package io.laneway.xds.resource;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of resources that changed, by their type. Confined to one thread until it is handed over. */
public final class Changes {

    private final Map<ResourceType, Set<String>> names = new EnumMap<>(ResourceType.class);

    void add(ResourceType type, String name) {
        names.computeIfAbsent(type, key -> new HashSet<>()).add(name);
    }

    /** The changed names of a type. */
    public Set<String> of(ResourceType type) {
        return names.getOrDefault(type, Set.of());
    }

    /** Whether nothing changed. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** How many resources changed, of all types. */
    public int size() {
        return names.values().stream().mapToInt(Set::size).sum();
    }
}
