package io.laneway.gateway.runtime.record;

import io.laneway.router.decision.Assigned;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A finished exchange as observers see it. The exchange itself may implement it: everything is read during {@link
 * ExchangeObserver#finished} and nothing is kept. Confined to one event loop. Methods that take a {@link Slice} point
 * it at the bytes on the wire, and clear it where there are none.
 */
public interface ExchangeRecord {

    /** When the head began to arrive, in milliseconds since the epoch. */
    long startedMillis();

    /** From the head's first byte to the response's last, in nanoseconds. */
    long durationNanos();

    /** From the request sent upstream to the head of its response, in nanoseconds; negative if there was none. */
    long upstreamNanos();

    /** Bytes of the request's body. */
    long bytesReceived();

    /** Bytes of the response's body. */
    long bytesSent();

    /** The status of the response, or 0 if the client went away before there was one. */
    int status();

    /** Why there is no response of the upstream, {@link ResponseFlag#NONE} if there is one. */
    ResponseFlag flag();

    /** The service's identity as written, {@link #NO_SERVICE} without a route, {@link #PASSTHROUGH} for unknown hosts. */
    String service();

    /** The table's name of the served lane; empty if none served. */
    String lane();

    /** The table's name of the requested lane; empty if nothing was asked or assigned, null if no table knows it. */
    @Nullable
    String requestedLane();

    /** The slug of the requested lane as asked for; needed only where {@link #requestedLane} is null. */
    void requestedText(Slice into);

    /** Why it went where it went; null for passed-through hosts and for heads that could not be read. */
    @Nullable
    Reason reason();

    /** The endpoint that answered, {@code host:port}; empty if there was none. */
    String upstream();

    /** The name of the listener that took the request. */
    String listener();

    /** The protocol's word, such as {@code HTTP/1.1} or {@code HTTP/2}. */
    String protocol();

    /** How often the request was tried again. */
    int retries();

    /** The revision of the table that decided. */
    long tableRevision();

    /** The {@code grpc-status} of the response, negative if it was none of gRPC. */
    default int grpcStatus() {
        return -1;
    }

    /** Where the requested lane came from. */
    default Origin origin() {
        return Origin.NONE;
    }

    /** Points {@code into} at what named the requested lane: a header, a parameter, a pattern; cleared if the origin says all. */
    default void carrier(Slice into) {
        into.clear();
    }

    /** Whether the requested lane was assigned by a shift, here or at an earlier hop. */
    default Assigned assigned() {
        return Assigned.NO;
    }

    /** Points {@code into} at the tenant that the decision looked at; cleared if it looked at none. */
    default void tenant(Slice into) {
        into.clear();
    }

    /** The how-manieth gateway of ours this is on the request's way, from 1; 0 if none was decided. */
    default int hop() {
        return 0;
    }

    /** How often an endpoint was asked. */
    default int attempts() {
        return upstream().isEmpty() ? 0 : 1;
    }

    /** The attempts that failed. */
    default FailedAttempts failedAttempts() {
        return FailedAttempts.NONE;
    }

    void method(Slice into);

    /** The request target as it came: path and query. */
    void path(Slice into);

    void authority(Slice into);

    void requestId(Slice into);

    void userAgent(Slice into);

    /** The request's {@code traceparent} (W3C Trace Context). */
    default void traceParent(Slice into) {
        into.clear();
    }

    /** By what it is found in traces; null unless it is sampled. */
    default @Nullable TraceMark mark() {
        return null;
    }

    /** The address that the request comes from: behind proxies of ours not that of its connection; empty if unknown. */
    default void source(Slice into) {
        into.clear();
    }

    /** The {@code x-forwarded-for} as sent upstream; what is believed of it, else the source, where nothing was sent. */
    void forwardedFor(Slice into);

    /** The service of requests without a route. */
    String NO_SERVICE = "__none__";

    /** The service of requests that outbound listeners send where they asked. */
    String PASSTHROUGH = "__passthrough__";
}
