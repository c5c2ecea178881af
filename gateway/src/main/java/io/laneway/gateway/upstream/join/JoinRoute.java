package io.laneway.gateway.upstream.join;

import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.source.JoinAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one endpoint that joined is reached: through the control API that the table comes from. Immutable.
 *
 * @param host    of the control API
 * @param port    of the control API
 * @param secure  whether it is spoken to over TLS
 * @param request asks it for a connection that it hands on
 * @param tls     whom it must be, and what is shown to it, where it is secure
 */
public record JoinRoute(String host, int port, boolean secure, String request, UpstreamTls tls) {

    /** The protocol that a connection changes to: bytes, handed on as they are. */
    public static final String PROTOCOL = "laneway-join";

    private static final Duration LEAST_CONNECT = Duration.ofSeconds(10);
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The route to an address of the table; null for one that did not join, and where the table comes from elsewhere. */
    public static @Nullable JoinRoute to(String address, @Nullable TableConfig table) {
        String id = table instanceof TableConfig.Control ? JoinAddress.id(address) : null;
        return id != null && table instanceof TableConfig.Control control ? to(id, control) : null;
    }

    private static JoinRoute to(String id, TableConfig.Control control) {
        URI uri = control.uri();
        boolean secure = "https".equals(uri.getScheme());
        int port = uri.getPort() > 0 ? uri.getPort() : secure ? HTTPS : HTTP;
        String own = uri.getRawPath() == null ? "" : uri.getRawPath();
        String path = own.endsWith("/") ? own.substring(0, own.length() - 1) : own;
        String request = "GET " + path + "/v1/joins/" + id + "/connection HTTP/1.1\r\nhost: " + uri.getRawAuthority()
                + "\r\nconnection: upgrade\r\nupgrade: " + PROTOCOL + "\r\n"
                + (control.token() == null ? "" : "authorization: Bearer " + control.token() + "\r\n") + "\r\n";
        String host = uri.getHost();
        UpstreamTls tls = control.tls() == null ? UpstreamTls.DEFAULT : control.tls();
        boolean bracketed = host.startsWith("[");
        return new JoinRoute(bracketed ? host.substring(1, host.length() - 1) : host, port, secure, request, tls);
    }

    /**
     * How long connecting may take: several round trips to the machine, which may be far away, where the policy counts with
     * one in a network of servers.
     *
     * @param policy of the service, zero for no bound
     */
    public Duration connect(Duration policy) {
        return policy.isZero() || policy.compareTo(LEAST_CONNECT) > 0 ? policy : LEAST_CONNECT;
    }

    byte[] bytes() {
        return request.getBytes(StandardCharsets.UTF_8);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "JoinRoute[host=" + host + ", port=" + port + ", secure=" + secure + "]";
    }
}
