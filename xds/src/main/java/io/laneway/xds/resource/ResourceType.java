package io.laneway.xds.resource;

import org.jspecify.annotations.Nullable;

/** The kinds of resources that are served, in the order in which changes are sent: what is referred to comes first. */
public enum ResourceType {
    CLUSTER("envoy.config.cluster.v3.Cluster"),
    SECRET("envoy.extensions.transport_sockets.tls.v3.Secret"),
    ENDPOINTS("envoy.config.endpoint.v3.ClusterLoadAssignment"),
    LISTENER("envoy.config.listener.v3.Listener"),
    ROUTES("envoy.config.route.v3.RouteConfiguration");

    private static final String PREFIX = "type.googleapis.com/";

    private final String url;

    ResourceType(String message) {
        this.url = PREFIX + message;
    }

    /** The type URL in requests and responses. */
    public String url() {
        return url;
    }

    /** Whether a response of the state of the world says all that a client subscribed to, so that absence is removal. */
    public boolean whole() {
        return this == CLUSTER || this == LISTENER;
    }

    /** The type of that URL, null for one that is not served. */
    public static @Nullable ResourceType of(String url) {
        for (ResourceType type : values()) {
            if (type.url.equals(url)) {
                return type;
            }
        }
        return null;
    }
}
