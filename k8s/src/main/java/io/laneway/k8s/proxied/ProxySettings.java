package io.laneway.k8s.proxied;

import io.laneway.router.model.LaneTable;
import java.time.Duration;
import java.util.Map;

/**
 * Where proxied Services point. Immutable.
 *
 * @param base     the base lane: the Service beside {@code X} is called {@code X-base}
 * @param selector selects the gateway's pods in the Service's namespace
 * @param port     the gateway's port, which takes HTTP/1.1 and HTTP/2
 * @param patience how long each step may take
 */
public record ProxySettings(String base, Map<String, String> selector, int port, Duration patience) {

    /** The pods of {@code k8s/overlays/proxy-pod}. */
    public static final ProxySettings DEFAULT = new ProxySettings(
            LaneTable.DEFAULT_BASE, Map.of("app", "laneway-gateway", "version", "proxy"), 8080, Duration.ofSeconds(60));

    public ProxySettings {
        selector = Map.copyOf(selector);
        if (selector.isEmpty()) {
            throw new IllegalArgumentException("selector: {} (expected: labels of the gateway's pods)");
        }
    }
}
