package io.laneway.gateway.exchange;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.ResponseHead;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.ResponseSink;
import io.laneway.gateway.stream.UpstreamStream;
import io.netty.buffer.ByteBuf;

/** The side of an exchange that faces the endpoint. Confined to one event loop. */
final class Answers implements ResponseSink {

    private final Exchange exchange;

    Answers(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void opened(UpstreamStream stream) {
        exchange.opened(stream);
    }

    @Override
    public void informational(ResponseHead head) {
        exchange.informational(head);
    }

    @Override
    public void head(ResponseHead head, boolean end) {
        exchange.answerHead(head, end);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        exchange.answerData(data, end);
    }

    @Override
    public void trailers(HeaderLines trailers) {
        exchange.answerTrailers(trailers);
    }

    @Override
    public void failed(Failure failure) {
        exchange.failed(failure);
    }

    @Override
    public void writable() {
        exchange.upstreamWritable();
    }
}
