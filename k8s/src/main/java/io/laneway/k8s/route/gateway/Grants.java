package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.laneway.k8s.object.Meta;
import java.util.List;

/**
 * Which routes may name Services of other namespaces: those whose namespace and kind a ReferenceGrant beside the Service
 * names. Immutable.
 */
public record Grants(List<ReferenceGrant> grants) {

    /** The group of routes and grants. */
    static final String GROUP = "gateway.networking.k8s.io";

    public Grants {
        grants = List.copyOf(grants);
    }

    /**
     * @param kind      of the route
     * @param namespace of the route
     * @param service   {@code namespace/name}
     */
    public boolean permit(String kind, String namespace, String service) {
        int slash = service.indexOf('/');
        String in = service.substring(0, slash);
        String name = service.substring(slash + 1);
        return grants.stream()
                .filter(grant -> Meta.namespace(grant).equals(in) && grant.getSpec() != null)
                .anyMatch(grant -> from(grant, kind, namespace) && to(grant, name));
    }

    private static boolean from(ReferenceGrant grant, String kind, String namespace) {
        return grant.getSpec().getFrom().stream()
                .anyMatch(from -> GROUP.equals(from.getGroup())
                        && kind.equals(from.getKind())
                        && namespace.equals(from.getNamespace()));
    }

    private static boolean to(ReferenceGrant grant, String name) {
        return grant.getSpec().getTo().stream()
                .anyMatch(to -> (to.getGroup() == null || to.getGroup().isEmpty())
                        && "Service".equals(to.getKind())
                        && (to.getName() == null || to.getName().isEmpty() || name.equals(to.getName())));
    }
}
