package io.laneway.router.policy;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Changes to the headers of requests and responses of a service. Immutable. */
public record HeaderRules(Edit request, Edit response) {

    /** Changes nothing. */
    public static final HeaderRules NONE = new HeaderRules(Edit.NONE, Edit.NONE);

    /** Fields that carry a message's framing and place: changing them would break it. */
    private static final Set<String> FRAMING = Set.of(
            "connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade");

    /** Whether edits of the field of that name do something; its case does not count. */
    public static boolean mayEdit(String name) {
        return !FRAMING.contains(name.toLowerCase(Locale.ROOT));
    }

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
