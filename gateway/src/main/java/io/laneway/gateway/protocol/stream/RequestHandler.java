package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.RequestHead;

/** Where codecs of clients bring their requests. There is one for each listener and event loop, confined to it. */
public interface RequestHandler {

    /**
     * A request's head is complete and well-formed. The exchange may answer before this returns.
     *
     * @param end whether the request has neither body nor trailers
     * @return where the rest of the request goes
     */
    RequestSink begin(RequestHead head, Downstream stream, boolean end);

    /**
     * A head could not be accepted: it gets a response, if the failure has a status, and a record. The codec closes
     * what it must afterwards.
     *
     * @param head as far as it was understood
     */
    void refused(RequestHead head, Downstream stream, Failure failure);
}
