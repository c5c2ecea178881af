package io.laneway.router.model.route;

import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.HeaderRules;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A service, or a response of the gateway's own, and its part among those that divide a route's requests. Immutable.
 *
 * @param service null where the gateway responds, and where there is an address
 * @param port    the number of the port that is meant among several, {@link Port#ANY} for what suits the request
 * @param status  of the gateway's own response, null where there is a service
 * @param headers changes of the headers for this part alone, after those of the route
 * @param address {@code host:port} outside the table's services, of connections that are passed on by their TLS alone
 * @param rewrite changes of the target and host for this part, instead of those of the route; null for those
 * @param tls     how an address is reached by TLS of the gateway's own, null for bytes as they are
 */
public record RoutePart(
        @Nullable ServiceId service,
        int weight,
        int port,
        @Nullable Integer status,
        HeaderRules headers,
        @Nullable String address,
        @Nullable Rewrite rewrite,
        @Nullable UpstreamTls tls) {

    /** The greatest weight, as of the Gateway API. */
    public static final int MAX_WEIGHT = 1_000_000;

    /** The least status of a response of the gateway's own. */
    public static final int MIN_STATUS = 400;

    /** The greatest status of a response of the gateway's own. */
    public static final int MAX_STATUS = 599;

    public RoutePart {
        Objects.requireNonNull(headers, "headers");
        if (weight < 0 || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 to " + MAX_WEIGHT + ")");
        }
        int ends = (service == null ? 0 : 1) + (status == null ? 0 : 1) + (address == null ? 0 : 1);
        if (ends != 1) {
            throw new IllegalArgumentException(
                    "part: " + ends + " of service, status and address (expected: exactly one of them)");
        }
        if (status != null && (status < MIN_STATUS || status > MAX_STATUS)) {
            throw new IllegalArgumentException(
                    "status: " + status + " (expected: " + MIN_STATUS + " to " + MAX_STATUS + ")");
        }
        if (rewrite != null && service == null) {
            throw new IllegalArgumentException("rewrite: without service (expected: a service)");
        }
        if (tls != null && address == null) {
            throw new IllegalArgumentException("tls: without address (expected: tls of the service's deployments)");
        }
        Port.requireNumber(port);
    }

    /** Without TLS of the gateway's own. */
    public RoutePart(
            @Nullable ServiceId service,
            int weight,
            int port,
            @Nullable Integer status,
            HeaderRules headers,
            @Nullable String address,
            @Nullable Rewrite rewrite) {
        this(service, weight, port, status, headers, address, rewrite, null);
    }

    /** A service, or a response of the gateway's own. */
    public RoutePart(@Nullable ServiceId service, int weight, int port, @Nullable Integer status, HeaderRules headers) {
        this(service, weight, port, status, headers, null, null);
    }

    /** A service as it is. */
    public RoutePart(ServiceId service, int weight, int port) {
        this(service, weight, port, null, HeaderRules.NONE);
    }

    /** Of whatever port suits the request. */
    public RoutePart(ServiceId service, int weight) {
        this(service, weight, Port.ANY);
    }

    /** Requests that the gateway answers by itself. */
    public static RoutePart response(int status, int weight) {
        return new RoutePart(null, weight, Port.ANY, status, HeaderRules.NONE, null, null);
    }

    /** Connections that go to an address. */
    public static RoutePart to(String address, int weight) {
        return to(address, weight, null);
    }

    /** Connections whose content goes to an address, by TLS of the gateway's own if it is not null. */
    public static RoutePart to(String address, int weight, @Nullable UpstreamTls tls) {
        return new RoutePart(null, weight, Port.ANY, null, HeaderRules.NONE, address, null, tls);
    }

    RoutePart renamed(UnaryOperator<ServiceId> names) {
        return service == null ? this : new RoutePart(names.apply(service), weight, port, null, headers, null, rewrite);
    }
}
