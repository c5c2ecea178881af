package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.LocalObjectReference;
import org.jspecify.annotations.Nullable;

/** The filter {@code ExtensionRef} of a rule, which names a Lane. Confined to one thread; one for each rule. */
final class LaneFilter {

    private final Backends backends;
    private boolean said;
    private @Nullable String lane;

    LaneFilter(Backends backends) {
        this.backends = backends;
    }

    /** Whether the rule has had none so far. */
    boolean isFree() {
        return !said;
    }

    void take(String path, LocalObjectReference ref) {
        said = true;
        lane = backends.lane(path, ref);
    }

    /** The lane of the rule's requests that carry none; null if there is none. */
    @Nullable
    String lane() {
        return lane;
    }

    /** Whether what was named is there. */
    boolean found() {
        return !said || lane != null;
    }
}
