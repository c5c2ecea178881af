package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.runtime.record.ResponseFlag;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * An attempt at an endpoint that is over. Immutable; times are nanoseconds of the gateway's clock.
 *
 * @param span        the id of its span
 * @param number      0 for the first of its request
 * @param endpoint    {@code host:port}
 * @param lane        of the deployment
 * @param secure      whether it goes over TLS
 * @param multiplexed whether it went over HTTP/2
 * @param peer        null if no connection came about
 * @param status      of its response, 0 if it had none
 * @param flag        why it has none
 */
public record FinishedAttempt(
        long span,
        int number,
        String endpoint,
        String lane,
        boolean secure,
        boolean multiplexed,
        @Nullable SocketAddress peer,
        long started,
        long ended,
        int status,
        ResponseFlag flag) {}
