package io.laneway.k8s.object;

import io.fabric8.kubernetes.api.model.ServicePort;
import io.laneway.router.model.service.Protocol;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Service's port speaks, by its {@code appProtocol}, else from the first word of its name
 * ({@code grpc-9001}), as Kubernetes (KEP-3726) and the service meshes do.
 */
public final class PortProtocol {

    private static final Map<String, Protocol> WORDS = Map.ofEntries(
            Map.entry("http", Protocol.HTTP1),
            Map.entry("http1", Protocol.HTTP1),
            Map.entry("ws", Protocol.HTTP1),
            Map.entry("kubernetes.io/ws", Protocol.HTTP1),
            Map.entry("http2", Protocol.H2C),
            Map.entry("h2c", Protocol.H2C),
            Map.entry("grpc", Protocol.H2C),
            Map.entry("kubernetes.io/h2c", Protocol.H2C),
            Map.entry("https", Protocol.HTTPS),
            Map.entry("wss", Protocol.HTTPS),
            Map.entry("kubernetes.io/wss", Protocol.HTTPS),
            Map.entry("h2", Protocol.H2),
            Map.entry("grpcs", Protocol.H2),
            Map.entry("auto", Protocol.AUTO));

    private static final Set<String> NOT_HTTP = Set.of(
            "tcp",
            "udp",
            "sctp",
            "tls",
            "mysql",
            "postgres",
            "postgresql",
            "redis",
            "mongo",
            "mongodb",
            "kafka",
            "amqp",
            "mqtt",
            "dns",
            "ldap",
            "smtp",
            "ssh",
            "jmx",
            "debug",
            "thrift",
            "dubbo");

    private PortProtocol() {}

    /** The protocol of a port; null if it is none that a gateway serves. */
    public static @Nullable Protocol of(ServicePort port) {
        String transport = port.getProtocol();
        if (transport != null && !transport.equals("TCP")) {
            return null;
        }
        String app = port.getAppProtocol();
        if (app != null && WORDS.containsKey(app.toLowerCase(Locale.ROOT))) {
            return WORDS.get(app.toLowerCase(Locale.ROOT));
        }
        if (app != null && NOT_HTTP.contains(app.toLowerCase(Locale.ROOT))) {
            return null;
        }
        return byName(port.getName() == null ? "" : port.getName());
    }

    private static @Nullable Protocol byName(String name) {
        // gRPC-Web comes over HTTP/1.1 as well as HTTP/2.
        if (name.startsWith("grpc-web")) {
            return Protocol.AUTO;
        }
        int dash = name.indexOf('-');
        String word = dash < 0 ? name : name.substring(0, dash);
        return NOT_HTTP.contains(word) ? null : WORDS.getOrDefault(word, Protocol.AUTO);
    }
}
