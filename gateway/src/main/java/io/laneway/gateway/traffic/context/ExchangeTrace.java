package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.text.Slice;

/**
 * Follows one exchange for its spans: its phases say what happens. Where nothing is traced there is none, and a phase
 * passes by with one branch. Confined to one event loop; used again for exchange after exchange.
 */
public interface ExchangeTrace {

    /** A request's head has come, as the client sent it. */
    void begin();

    /** An attempt begins at the endpoint of that pool. */
    void attempt(EndpointPool at);

    /** The attempt has a stream; the head, which is sent next, is made to name the attempt as its parent. */
    void sending(UpstreamStream stream);

    /**
     * The attempt failed.
     *
     * @param status of its response, 0 if it had none
     */
    void lost(ResponseFlag why, int status);

    /** A copy of the request is about to go to a mirror; its head is made to name the copy's own span as its parent. */
    CopyTrace copy(RequestHead head);

    /** The exchange is over, its last attempt with it. */
    void finished();

    /** Points {@code into} at the request's trace in the form of a {@code traceparent}, as the client named it. */
    void traceParent(Slice into);

    /** Follows one copy of a request on its way into a mirror. Confined to one event loop. */
    interface CopyTrace {

        /** It goes to the endpoint of that pool. */
        void begin(EndpointPool to);

        /** It has a stream. */
        void sending(UpstreamStream stream);

        /**
         * It is over.
         *
         * @param status of its response, 0 if it had none
         */
        void ended(int status, boolean responded);
    }
}
