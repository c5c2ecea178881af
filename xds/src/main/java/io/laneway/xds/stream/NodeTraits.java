package io.laneway.xds.stream;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.laneway.xds.resource.Dialect;
import io.laneway.xds.resource.Traits;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Reads what a node says of itself; {@code metadata.laneway} has {@code role}, {@code services}, {@code listener}. Stateless. */
final class NodeTraits {

    private static final String METADATA = "laneway";
    private static final String EDGE = "edge";
    private static final String EDGE_LISTENER = "0.0.0.0:8080";
    private static final String ISTIO_GATEWAY = "router~";

    private NodeTraits() {}

    static Traits of(Node node) {
        Struct said = node.getMetadata()
                .getFieldsOrDefault(METADATA, Value.getDefaultInstance())
                .getStructValue();
        boolean grpc = node.getUserAgentName().toLowerCase(Locale.ROOT).startsWith("grpc");
        boolean external = external(node.getId(), text(said, "role"));
        String listener = text(said, "listener");
        Set<String> services = new HashSet<>();
        said.getFieldsOrDefault("services", Value.getDefaultInstance())
                .getListValue()
                .getValuesList()
                .forEach(each -> services.add(each.getStringValue()));
        return new Traits(
                grpc ? Dialect.GRPC : Dialect.ENVOY,
                external,
                services,
                listener.isEmpty() ? (external ? EDGE_LISTENER : Traits.SIDECAR) : listener);
    }

    /** Gateways of Istio say what they are in their id. */
    private static boolean external(String id, String role) {
        return switch (role) {
            case EDGE -> true;
            case "sidecar" -> false;
            case "" -> id.startsWith(ISTIO_GATEWAY);
            default -> throw new IllegalArgumentException("role: '" + role + "' (expected: edge or sidecar)");
        };
    }

    private static String text(Struct said, String key) {
        return said.getFieldsOrDefault(key, Value.getDefaultInstance()).getStringValue();
    }

    /** What the node runs, such as {@code envoy 1.38.0}. */
    static String version(Node node) {
        if (node.hasUserAgentBuildVersion()) {
            var version = node.getUserAgentBuildVersion().getVersion();
            return node.getUserAgentName() + " " + version.getMajorNumber() + "." + version.getMinorNumber() + "."
                    + version.getPatch();
        }
        return (node.getUserAgentName() + " " + node.getUserAgentVersion()).trim();
    }
}
