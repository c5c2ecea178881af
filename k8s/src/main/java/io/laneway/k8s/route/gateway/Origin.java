package io.laneway.k8s.route.gateway;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.laneway.k8s.object.Meta;

/**
 * The object that says a listener: a Gateway, or one of the ListenerSets that {@link ListenerSets} has put beside its own
 * listeners. Immutable.
 *
 * @param kind     {@code Gateway} or {@code ListenerSet}
 * @param key      {@code namespace/name} of that object
 * @param listener the listener's name there
 */
public record Origin(String kind, String key, String listener) {

    /** Of a listener that a Gateway has with its ListenerSets. */
    public static Origin of(Gateway gateway, Listener listener) {
        String name = listener.getName();
        int slash = name.lastIndexOf('/');
        return slash < 0
                ? new Origin(Parents.GATEWAY, Meta.key(gateway), name)
                : new Origin(Parents.SET, name.substring(0, slash), name.substring(slash + 1));
    }

    /** The name that a listener of a ListenerSet has among those of a Gateway, which is no name of an own one. */
    static String name(String set, String listener) {
        return set + "/" + listener;
    }

    /** Whether a parent of a route names the object, and this listener where it names any. */
    public boolean isMeant(ParentReference parent, String routeNamespace) {
        return kind.equals(Parents.kind(parent))
                && key.equals(Parents.key(parent, routeNamespace))
                && (parent.getSectionName() == null || parent.getSectionName().equals(listener));
    }

    boolean isSet() {
        return kind.equals(Parents.SET);
    }

    /** Where the object is. */
    String namespace() {
        return key.substring(0, key.indexOf('/'));
    }
}
