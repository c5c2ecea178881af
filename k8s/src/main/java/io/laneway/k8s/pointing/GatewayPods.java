package io.laneway.k8s.pointing;

import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's pods in a Service's namespace. Immutable.
 *
 * @param selector selects them
 * @param port     their port, which takes HTTP/1.1 and HTTP/2
 */
public record GatewayPods(Map<String, String> selector, int port) {

    /** The pods of {@code k8s/overlays/proxy-pod}. */
    public static final GatewayPods DEFAULT =
            new GatewayPods(Map.of("app", "laneway-gateway", "version", "proxy"), 8080);

    private static final int MAX_PORT = 65_535;

    public GatewayPods {
        selector = Map.copyOf(selector);
        if (selector.isEmpty()) {
            throw new IllegalArgumentException(Marks.GATEWAY + ": '' (expected: labels of the gateway's pods)");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(Marks.GATEWAY_PORT + ": " + port + " (expected: 1 to 65535)");
        }
    }

    /**
     * Those that a Service's annotations ask for.
     *
     * @throws IllegalArgumentException if an annotation cannot be read
     */
    public static GatewayPods wanted(Service service) {
        Map<String, String> notes = Meta.annotations(service);
        return of(notes.get(Marks.GATEWAY), notes.get(Marks.GATEWAY_PORT));
    }

    /** Reads labels such as {@code app=gw,version=proxy} and a port; null means the usual. */
    public static GatewayPods of(@Nullable String labels, @Nullable String port) {
        try {
            return new GatewayPods(
                    labels == null ? DEFAULT.selector : labels(labels),
                    port == null ? DEFAULT.port : Integer.parseInt(port.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Marks.GATEWAY_PORT + ": '" + port + "' (expected: a port)", e);
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        for (String one : text.split(",")) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(Marks.GATEWAY + ": '" + text + "' (expected: LABEL=VALUE,…)");
            }
            labels.put(
                    one.substring(0, equals).strip(), one.substring(equals + 1).strip());
        }
        return labels;
    }

    /** The labels as the annotation has them. */
    public String labels() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(selector)
                .forEach((key, value) -> text.append(text.isEmpty() ? "" : ",")
                        .append(key)
                        .append('=')
                        .append(value));
        return text.toString();
    }
}
