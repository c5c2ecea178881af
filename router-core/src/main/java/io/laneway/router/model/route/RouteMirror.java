package io.laneway.router.model.route;

import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.unit.Share;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Copies a share of a route's requests into a service, which may be another one, answers ignored. Immutable.
 *
 * @param lane the lane that gets the copies and that they are stamped with, null for the request's own, with its fallback
 * @param port the number of the port that is meant among several, {@link Port#ANY} for that of the request's own
 */
public record RouteMirror(ServiceId service, @Nullable String lane, int port, Share share) {

    public RouteMirror {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(share, "share");
        Port.requireNumber(port);
    }

    RouteMirror renamed(UnaryOperator<ServiceId> names) {
        return new RouteMirror(names.apply(service), lane, port, share);
    }
}
