package io.laneway.xds.stream;

import io.laneway.xds.resource.ResourceType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often each client refused a response of each type. Safe for many threads. */
public final class Refusals {

    /** Clients that are counted by their names; the others are counted together. */
    private static final int NAMES = 1000;

    private static final String OTHER = "__other__";

    /**
     * A client, and a type of resources that it refused. Immutable.
     *
     * @param node the id of the client
     */
    public record Source(String node, ResourceType type) {}

    private final Map<Source, Long> counts = new ConcurrentHashMap<>();

    void add(String node, ResourceType type) {
        Source source = new Source(node, type);
        boolean named = counts.containsKey(source) || counts.size() < NAMES;
        counts.merge(named ? source : new Source(OTHER, type), 1L, Long::sum);
    }

    /** All since the start. */
    public Map<Source, Long> counts() {
        return Map.copyOf(counts);
    }
}
