package io.laneway.router.policy;

import java.util.List;
import java.util.Map;

/** Changes to the headers of requests and responses of a service. Immutable. */
public record HeaderRules(Edit request, Edit response) {

    /** Changes nothing. */
    public static final HeaderRules NONE = new HeaderRules(Edit.NONE, Edit.NONE);

    /**
     * Changes to one head, in the order remove, set, add.
     *
     * @param set    name to value, replacing what is there
     * @param add    name to value, beside what is there
     * @param remove names
     */
    public record Edit(Map<String, String> set, Map<String, String> add, List<String> remove) {

        /** Changes nothing. */
        public static final Edit NONE = new Edit(Map.of(), Map.of(), List.of());

        public Edit {
            set = Map.copyOf(set);
            add = Map.copyOf(add);
            remove = List.copyOf(remove);
        }

        /** Whether it changes nothing. */
        public boolean isEmpty() {
            return set.isEmpty() && add.isEmpty() && remove.isEmpty();
        }
    }
}
