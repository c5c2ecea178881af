package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DiscardedBody;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestHandler;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.exchange.Exchanges;

/** Refuses what comes in the clear to a listener that speaks TLS. Confined to one event loop. */
record PlainHttpOnTls(Exchanges exchanges) implements RequestHandler {

    private static final Failure REFUSED = new Failure(
            Failure.Side.DOWNSTREAM,
            Failure.Stage.REQUEST_HEAD,
            400,
            null,
            ResponseFlag.DPE,
            "plain HTTP on a port that speaks TLS (expected: https)");

    @Override
    public RequestSink begin(RequestHead head, Downstream stream, boolean end) {
        exchanges.refused(head, stream, REFUSED);
        return DiscardedBody.SINK;
    }

    @Override
    public void refused(RequestHead head, Downstream stream, Failure failure) {
        exchanges.refused(head, stream, failure);
    }
}
