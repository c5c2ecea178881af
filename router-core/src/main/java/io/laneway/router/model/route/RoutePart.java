package io.laneway.router.model.route;

import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A service, or a response of the gateway's own, and its part among those that divide a route's requests. Immutable.
 *
 * @param service null where the gateway responds
 * @param port    the number of the port that is meant among several, {@link Port#ANY} for what suits the request
 * @param status  of the gateway's own response, null where there is a service
 * @param headers changes of the headers for this part alone, after those of the route
 */
public record RoutePart(
        @Nullable ServiceId service,
        int weight,
        int port,
        @Nullable Integer status,
        HeaderRules headers) {

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
        if ((service == null) == (status == null)) {
            throw new IllegalArgumentException(
                    "service: " + (service == null ? "absent" : "beside status") + " (expected: either it or status)");
        }
        if (status != null && (status < MIN_STATUS || status > MAX_STATUS)) {
            throw new IllegalArgumentException(
                    "status: " + status + " (expected: " + MIN_STATUS + " to " + MAX_STATUS + ")");
        }
        Port.requireNumber(port);
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
        return new RoutePart(null, weight, Port.ANY, status, HeaderRules.NONE);
    }

    RoutePart renamed(UnaryOperator<ServiceId> names) {
        return service == null ? this : new RoutePart(names.apply(service), weight, port, status, headers);
    }
}
