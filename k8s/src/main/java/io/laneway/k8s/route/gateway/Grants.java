package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.laneway.k8s.object.Meta;
import java.util.List;

/**
 * Which objects may name those of other namespaces: those whose namespace and kind a ReferenceGrant beside what they name
 * names. Immutable.
 */
public record Grants(List<ReferenceGrant> grants) {

    /** The group of routes and grants. */
    public static final String GROUP = "gateway.networking.k8s.io";

    public Grants {
        grants = List.copyOf(grants);
    }

    /**
     * @param kind      of the route or Gateway
     * @param namespace of the route or Gateway
     * @param toKind    the kind, of the core group, of what it names
     * @param to        {@code namespace/name} of what it names
     */
    public boolean permit(String kind, String namespace, String toKind, String to) {
        int slash = to.indexOf('/');
        String in = to.substring(0, slash);
        String name = to.substring(slash + 1);
        return grants.stream()
                .filter(grant -> Meta.namespace(grant).equals(in) && grant.getSpec() != null)
                .anyMatch(grant -> from(grant, kind, namespace) && to(grant, toKind, name));
    }

    private static boolean from(ReferenceGrant grant, String kind, String namespace) {
        return grant.getSpec().getFrom().stream()
                .anyMatch(from -> GROUP.equals(from.getGroup())
                        && kind.equals(from.getKind())
                        && namespace.equals(from.getNamespace()));
    }

    private static boolean to(ReferenceGrant grant, String kind, String name) {
        return grant.getSpec().getTo().stream()
                .anyMatch(to -> (to.getGroup() == null || to.getGroup().isEmpty())
                        && kind.equals(to.getKind())
                        && (to.getName() == null || to.getName().isEmpty() || name.equals(to.getName())));
    }
}
