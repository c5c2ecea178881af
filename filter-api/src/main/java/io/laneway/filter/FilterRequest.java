package io.laneway.filter;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A request as a filter sees it: as the endpoint would get it now, with what filters before this one changed. Safe for many
 * threads, also when the request is over.
 */
public interface FilterRequest {

    /** Such as {@code GET}. */
    String method();

    /** Path and query, as routes have rewritten them; {@code host:port} of a {@code CONNECT}. */
    String target();

    /** Its header lines. */
    Headers headers();

    /** {@code http} or {@code https}, as the client said it. */
    String scheme();

    /** The host that the client asked for, with its port if it said one; empty if it said none. */
    String host();

    /** The trusted address of the client. */
    String client();

    /** The id of the request. */
    String id();

    /** The listener's name. */
    String listener();

    /** The service, such as {@code order} or {@code order.shop}; empty for a host that the table does not know. */
    String service();

    /** The lane that serves; empty where {@link #service} is. */
    String lane();

    /** The tenant, null if the request has none or the table does not ask for one. */
    @Nullable
    String tenant();

    /**
     * Waits for the whole body; the endpoint gets it all the same. Empty for upgrades and tunnels. Of a request that is
     * converted for gRPC it is what the client sent. The stage completes on the event loop. While the body is waited for, the
     * request's own time counts and not the filter's, which begins again behind it.
     *
     * @param max bytes, up to 64 MiB. The stage of a larger body fails with a {@link BodyTooLargeException}; if the filter's
     *            own stage fails with that, the client gets 413
     * @throws IllegalArgumentException if {@code max} is out of its range
     */
    CompletionStage<byte[]> collect(int max);
}
