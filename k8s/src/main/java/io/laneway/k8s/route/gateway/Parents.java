package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.rule.Verdict;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Which parents of a route are our Gateway. Immutable.
 *
 * @param namespace of our Gateway, null for any
 * @param name      of our Gateway, {@code *} for any of our class
 */
public record Parents(@Nullable String namespace, String name) {

    static final String GATEWAY = "Gateway";
    static final String SET = "ListenerSet";

    private static final String ANY = "*";

    /** @param gateway {@code name} or {@code namespace/name} */
    public static Parents of(String gateway) {
        int slash = gateway.indexOf('/');
        return new Parents(slash < 0 ? null : gateway.substring(0, slash), gateway.substring(slash + 1));
    }

    /** Whether every Gateway of our class is ours, whatever its name: then its class alone says so. */
    public boolean any() {
        return name.equals(ANY);
    }

    /**
     * @param routeNamespace where a parent is that names no namespace
     * @return whether it may be ours; with {@link #any} it is if there is a Gateway of our class
     */
    public boolean ours(ParentReference parent, String routeNamespace) {
        String in = parent.getNamespace() == null ? routeNamespace : parent.getNamespace();
        return (any() || name.equals(parent.getName()))
                && (namespace == null || namespace.equals(in))
                && isGateway(parent);
    }

    /** Whether a Gateway has the name of ours. */
    boolean named(String namespace, String name) {
        return (any() || this.name.equals(name)) && (this.namespace == null || this.namespace.equals(namespace));
    }

    static boolean isGateway(ParentReference parent) {
        return kind(parent).equals(GATEWAY) && isOfGroup(parent);
    }

    static boolean isSet(ParentReference parent) {
        return kind(parent).equals(SET) && isOfGroup(parent);
    }

    private static boolean isOfGroup(ParentReference parent) {
        return parent.getGroup() == null || parent.getGroup().equals(Grants.GROUP);
    }

    /** The kind that a parent names. */
    public static String kind(ParentReference parent) {
        return parent.getKind() == null ? GATEWAY : parent.getKind();
    }

    /** {@code namespace/name} of the Gateway, or other object, that a parent names. */
    public static String key(ParentReference parent, String routeNamespace) {
        return Meta.key(parent.getNamespace() == null ? routeNamespace : parent.getNamespace(), parent.getName());
    }

    /** Notes what our parents say that we cannot do. */
    public void check(Collection<ParentReference> ours, Verdict verdict) {
        for (ParentReference parent : ours) {
            parent.getAdditionalProperties()
                    .keySet()
                    .forEach(key -> verdict.unsupported("parentRefs." + key, "not supported (expected: none)"));
        }
    }
}
