package io.laneway.k8s.inject;

import java.util.List;
import java.util.Map;

/**
 * What becomes of a pod. Immutable.
 *
 * @param patch    operations of a JSON patch (RFC 6902), none where the pod is left as it is
 * @param warnings why a pod that asks for the sidecar does not get it; the API server hands them to who made the pod
 */
public record Injection(List<Map<String, Object>> patch, List<String> warnings) {

    /** The pod is left as it is, and nothing is to be said. */
    static final Injection NONE = new Injection(List.of(), List.of());

    public Injection {
        patch = List.copyOf(patch);
        warnings = List.copyOf(warnings);
    }

    static Injection leftAlone(String why) {
        return new Injection(List.of(), List.of("laneway.io/inject: no sidecar: " + why));
    }
}
