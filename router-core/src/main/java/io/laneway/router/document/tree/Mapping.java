package io.laneway.router.document.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Named nodes, in document order. Immutable. */
public record Mapping(Location location, Map<String, Node> members) implements Node {

    public Mapping {
        members = Collections.unmodifiableMap(members);
    }

    /** The same mapping without some keys, for a reader that takes these apart itself. */
    public Mapping without(String... keys) {
        Map<String, Node> rest = new LinkedHashMap<>(members);
        rest.keySet().removeAll(Set.of(keys));
        return new Mapping(location, rest);
    }

    @Override
    public String described() {
        return "a mapping";
    }
}
